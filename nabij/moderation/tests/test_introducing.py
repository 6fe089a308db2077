"""One-to-one contact: only when both choose it, and a no is never told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.moderation.queries import post_to_read, queue_for, talk_to_read
from nabij.peers import actions
from nabij.peers.factories import NOON, make_group, make_member, make_post
from nabij.peers.models import Age, Hold, Introduction, Invitation, Post, Relation
from nabij.peers.policies import peer
from nabij.peers.queries.introductions import contact_of, contacts_of, invitation_of, search_of
from nabij.peers.queries.members import post_for, posts_of, talk_for, talks_of

WEEK = timedelta(days=7)


def open_to(member, *subjects):
    return actions.be_open_to_meeting(member, True, subjects, by=peer(member), at=NOON)


def ask(member, *subjects):
    return actions.ask_introduction(member, subjects, by=peer(member), at=NOON)


def seen_by(member):
    return Introduction.objects.filter(asker=member).values().get()


def answer(member, is_yes, at=NOON):
    return actions.answer_invitation(invitation_of(member), is_yes, by=peer(member), at=at)


@pytest.fixture
def together(centre):
    """Merel asked, Reiger said yes."""
    open_to(centre.reiger, "loss")
    ask(centre.merel, "loss", "body")
    return answer(centre.reiger, True)


def test_both_say_yes_and_only_then_see_each_other(centre, together):
    for member in (centre.merel, centre.reiger):
        assert contacts_of(member) == [together]
        assert talk_for(member, together.talk.pk) is not None
        assert talks_of(member) == []  # it does not stand among the talks of the group
    third = make_member(centre.group)
    assert talk_for(third, together.talk.pk) is None
    with pytest.raises(PermissionDenied):
        make_post(third, talk=together.talk)


def test_a_no_is_never_told_and_the_next_one_is_asked(centre):
    grutto = make_member(centre.group, at=NOON + timedelta(hours=1))
    open_to(centre.reiger, "loss")
    open_to(grutto, "loss")
    row = ask(centre.merel, "loss")
    assert invitation_of(grutto) is None
    before = seen_by(centre.merel)
    assert answer(centre.reiger, False) is None
    assert seen_by(centre.merel) == before
    assert invitation_of(grutto) is not None
    assert answer(grutto, False) is None
    assert search_of(centre.merel) == row  # still looking
    told = TrailEntry.objects.filter(verb="introduction.answered").values_list("facts", flat=True)
    assert list(told) == [{}, {}]


def test_who_opens_up_later_is_asked_then_and_is_asked_by_one_at_a_time(centre):
    grutto = make_member(centre.group)
    first = ask(centre.merel, "loss")
    later = NOON + timedelta(hours=1)
    second = actions.ask_introduction(grutto, ["loss"], by=peer(grutto), at=later)
    open_to(centre.reiger, "loss", "body")
    assert invitation_of(centre.reiger).introduction == first
    assert answer(centre.reiger, True) == first
    assert search_of(grutto) == second


def test_nobody_is_asked_who_does_not_fit(centre):
    youth = make_group(centre.space, youth_worker=centre.group.contact)
    injured = make_member(make_group(centre.space, Relation.INJURED))
    open_to(injured, "loss")
    open_to(centre.reiger, "court", "body")  # about something else; `court` is no subject
    grutto, wulp = make_member(centre.group), make_member(centre.group)
    for member in (grutto, wulp, centre.merel):
        open_to(member, "loss")
    actions.mute(centre.merel, grutto, by=centre.as_merel, at=NOON)
    actions.mute(wulp, centre.merel, by=peer(wulp), at=NOON)
    ask(centre.merel, "loss")
    assert not Invitation.objects.exists()
    young = make_member(youth, age=Age.FROM_16)
    for act in (open_to, ask):
        with pytest.raises(PermissionDenied):
            act(young, "loss")
        with pytest.raises(ValidationError):
            act(grutto)


def test_one_searches_once_at_a_time_and_meets_nobody_twice(centre, together):
    row = ask(centre.merel, "loss")
    assert not row.invitations.exists()  # Reiger, whom they met, is not asked again
    with pytest.raises(ValidationError):
        ask(centre.merel, "loss")


def test_silence_of_a_week_is_a_no(centre):
    grutto = make_member(centre.group)
    open_to(centre.reiger, "loss")
    ask(centre.merel, "loss")
    open_to(grutto, "loss")
    assert actions.pass_silent_invitations(by=SYSTEM, at=NOON + WEEK - timedelta(hours=1)) == 0
    assert actions.pass_silent_invitations(by=SYSTEM, at=NOON + WEEK) == 1
    assert invitation_of(centre.reiger) is None
    assert invitation_of(grutto) is not None
    actions.end_introduction(search_of(centre.merel), centre.merel, by=centre.as_merel, at=NOON)
    assert not Invitation.objects.filter(answered_at=None).exists()


def test_an_answer_that_comes_too_late_changes_nothing(centre):
    open_to(centre.reiger, "loss")
    row = ask(centre.merel, "loss")
    late = invitation_of(centre.reiger)
    for is_yes in (True, False):
        with pytest.raises(PermissionDenied):
            actions.answer_invitation(late, is_yes, by=centre.as_merel, at=NOON)
    Introduction.objects.filter(pk=row.pk).update(state="ended", ended_at=NOON)
    assert actions.answer_invitation(late, True, by=centre.as_reiger, at=NOON) is None
    assert actions.answer_invitation(late, True, by=centre.as_reiger, at=NOON) is None
    Invitation.objects.update(answered_at=None, asked_at=NOON)
    assert actions.pass_silent_invitations(by=SYSTEM, at=NOON + WEEK) == 1


def test_either_stops_at_any_time_and_what_was_said_goes(centre, together):
    post = make_post(centre.reiger, "Ons gesprek", talk=together.talk)
    assert post_for(centre.merel, post.pk) == post
    third = make_member(centre.group)
    with pytest.raises(PermissionDenied):
        actions.end_introduction(together, third, by=peer(third), at=NOON)
    actions.end_introduction(
        contact_of(centre.reiger, together.pk, NOON), centre.reiger, by=centre.as_reiger, at=NOON
    )
    actions.end_introduction(together, centre.merel, by=centre.as_merel, at=NOON)
    for member in (centre.merel, centre.reiger):
        assert talk_for(member, together.talk.pk) is None
        assert contacts_of(member) == []
        assert post_for(member, post.pk) is None
    assert not Post.objects.exclude(body_sealed=b"").exists()


def test_two_who_chose_each_other_may_give_a_number_and_are_moderated_by_report_only(centre, together):
    post = make_post(centre.merel, "Bel me op 06-12345678", talk=together.talk)
    assert not Hold.objects.exists()
    assert posts_of(together.talk, centre.reiger)[0].text.startswith("Bel me")
    assert post_to_read(centre.sjoerd, post.pk, NOON) is None
    assert talk_to_read(centre.sjoerd, together.talk.pk, NOON) is None
    with pytest.raises(PermissionDenied):
        actions.write_as_moderator(together.talk, "Hoi", by=centre.sjoerd, at=NOON)
    third = make_member(centre.group)
    with pytest.raises(PermissionDenied):
        actions.report_post(post, third, "hurts", "", by=peer(third), at=NOON)
    actions.report_post(post, centre.reiger, "hurts", "", by=centre.as_reiger, at=NOON)
    assert queue_for(centre.sjoerd, NOON)[0].post == post
    assert post_to_read(centre.sjoerd, post.pk, NOON) == post


def test_danger_between_two_waits_and_calls_like_in_the_group(centre, together):
    make_post(centre.merel, "Ik wil dood.", talk=together.talk)
    assert Hold.objects.get().is_danger


def test_leaving_ends_every_contact_and_takes_both_sides_of_it_along(centre, together):
    make_post(centre.merel, "Van Merel", talk=together.talk)
    make_post(centre.reiger, "Van Reiger", talk=together.talk)
    actions.leave(centre.merel, by=centre.as_merel, at=NOON)
    assert contacts_of(centre.reiger) == []
    assert not Post.objects.exclude(body_sealed=b"").exists()


def test_the_database_shows_nobody_before_two_yeses(centre):
    row = ask(centre.merel, "loss")
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.filter(pk=row.pk).update(other=centre.reiger)


def test_who_does_not_want_to_be_asked_any_more_is_not(centre):
    open_to(centre.reiger, "loss")
    actions.be_open_to_meeting(centre.reiger, False, [], by=centre.as_reiger, at=NOON)
    ask(centre.merel, "loss")
    assert invitation_of(centre.reiger) is None
