"""Writing: newcomers wait, danger calls somebody, reports hide nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.models import TrailEntry
from nabij.keys.models import SubjectKey
from nabij.moderation import actions as moderation
from nabij.moderation.queries import Priority, post_to_read, queue_for
from nabij.peers import actions
from nabij.peers.factories import NOON, make_group, make_member, make_post
from nabij.peers.models import GroupMember, Hold, Post, PostReport, PostState, Relation, Verdict
from nabij.peers.policies import peer
from nabij.peers.queries.members import posts_of, talk_for, talks_of, title_of

LATER = NOON + timedelta(hours=1)


def test_the_first_posts_of_a_newcomer_wait_and_then_they_write_freely(centre):
    for _number in range(3):
        post = make_post(centre.reiger, "Ik ben nieuw hier.")
        assert post.state == PostState.HELD
        assert Hold.objects.get(post=post).reasons == ["newcomer"]
        assert talk_for(centre.merel, post.talk_id) is None
        assert talk_for(centre.reiger, post.talk_id) is not None
        moderation.approve_post(post, by=centre.sjoerd, at=LATER)
        assert posts_of(post.talk, centre.merel)[0].text == "Ik ben nieuw hier."
        centre.reiger.refresh_from_db()
    assert make_post(centre.reiger).state == PostState.SHOWN


def test_a_number_or_a_name_of_the_list_waits_from_whoever_writes_it(centre):
    assert actions.enter_names(centre.space, ["Joris Meer", "", "joris  MEER"], by=centre.noor, at=NOON) == 1
    for body, reason in (("Bel 06-12345678", "phone"), ("Het was joris meer!", "name")):
        assert Hold.objects.get(post=make_post(centre.merel, body)).reasons == [reason]
    assert actions.drop_name(centre.space, "Joris Meer", by=centre.noor, at=NOON)
    assert not actions.drop_name(centre.space, "Joris Meer", by=centre.noor, at=NOON)
    assert make_post(centre.merel, "Het was joris meer!").state == PostState.SHOWN
    for act in (actions.enter_names, actions.drop_name):
        with pytest.raises(PermissionDenied):
            act(centre.space, "x", by=centre.sjoerd, at=NOON)


def test_a_title_is_looked_at_like_the_text(centre):
    made = actions.start_talk(
        centre.merel, "Mail jan@voorbeeld.nl", "everyday", "Hoi.", by=centre.as_merel, at=NOON
    )
    assert Hold.objects.get(post=made).reasons == ["email", "link"]


@pytest.mark.parametrize(
    ("title", "subject", "body", "field"),
    [
        ("", "everyday", "Hoi", "title"),
        ("x" * 81, "everyday", "Hoi", "title"),
        ("Hoi", "politics", "Hoi", "subject"),
        ("Hoi", "everyday", "  ", "body"),
        ("Hoi", "everyday", "x" * 3001, "body"),
    ],
)
def test_what_is_missing_is_said_at_its_field(centre, title, subject, body, field):
    with pytest.raises(ValidationError) as wrong:
        actions.start_talk(centre.merel, title, subject, body, by=centre.as_merel, at=NOON)
    assert field in wrong.value.message_dict
    assert not Post.objects.exists()


def test_groups_never_mix(centre):
    post = make_post(centre.merel)
    stranger = make_member(make_group(centre.space, Relation.INJURED), approved=3)
    assert talks_of(stranger) == []
    assert talk_for(stranger, post.talk_id) is None
    with pytest.raises(PermissionDenied):
        make_post(stranger, talk=post.talk)
    with pytest.raises(PermissionDenied):
        actions.report_post(post, stranger, "hurts", "", by=peer(stranger), at=NOON)
    with pytest.raises(PermissionDenied):
        actions.reply(centre.merel, post.talk, "Hoi", by=centre.as_reiger, at=NOON)


def test_text_is_sealed_with_the_key_of_its_writer(centre):
    post = make_post(centre.merel, "Geheim verdriet")
    assert b"Geheim" not in bytes(post.body_sealed)
    assert SubjectKey.objects.filter(subject_id=centre.merel.pk, destroyed_at__isnull=True).exists()
    assert "Geheim" not in str([vars(each) for each in TrailEntry.objects.all()])
    actions.leave(centre.merel, by=centre.as_merel, at=NOON)
    assert SubjectKey.objects.filter(subject_id=centre.merel.pk, destroyed_at=NOON, wrapped=None).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(body_sealed=b"oud")


def test_a_refused_post_is_explained_changed_and_sent_again(centre):
    post = make_post(centre.merel, "Bel 06-12345678")
    with pytest.raises(ValidationError):
        moderation.refuse_post(post, "onzin", "", by=centre.sjoerd, at=LATER)
    moderation.refuse_post(post, "contact", "Haal het nummer weg.", by=centre.sjoerd, at=LATER)
    mine = posts_of(post.talk, centre.merel)[0]
    assert mine.why == "Er staat een nummer, adres of link in."
    assert mine.note == "Haal het nummer weg."
    assert posts_of(post.talk, centre.reiger) == []
    changed = actions.change_post(post, "Zonder nummer.", by=centre.as_merel, at=LATER)
    assert changed.state == PostState.HELD
    assert Hold.objects.get(post=post, decided_at=None).reasons == ["again"]
    moderation.approve_post(post, by=centre.yara, at=LATER)
    assert posts_of(post.talk, centre.reiger)[0].text == "Zonder nummer."


def test_a_change_is_looked_at_as_if_it_were_new(centre):
    post = make_post(centre.merel)
    assert actions.change_post(post, "Rustig.", by=centre.as_merel, at=LATER).state == PostState.SHOWN
    waits = actions.change_post(post, "Bel 06-12345678", by=centre.as_merel, at=LATER)
    assert waits.state == PostState.HELD
    actions.change_post(post, "Toch maar niet.", by=centre.as_merel, at=LATER)
    assert Hold.objects.get(post=post).reasons == ["again"]
    for body in ("", "x" * 3001):
        with pytest.raises(ValidationError):
            actions.change_post(post, body, by=centre.as_merel, at=LATER)
    with pytest.raises(PermissionDenied):
        actions.change_post(post, "Van een ander", by=centre.as_reiger, at=LATER)


def test_a_post_that_is_taken_away_is_gone_and_waits_no_more(centre):
    held, shown = make_post(centre.reiger), make_post(centre.merel)
    actions.withdraw_post(held, by=centre.as_reiger, at=LATER)
    actions.withdraw_post(shown, by=centre.as_merel, at=LATER)
    assert Hold.objects.get().verdict == Verdict.GONE
    assert not Post.objects.exclude(body_sealed=b"").exists()
    assert title_of(shown.talk) == "Hoe gaat het"
    for act in (actions.withdraw_post, lambda post, **who: actions.change_post(post, "Hoi", **who)):
        with pytest.raises(PermissionDenied):
            act(shown, by=centre.as_merel, at=LATER)
    with pytest.raises(ValidationError):
        moderation.remove_post(shown, "hurts", "", by=centre.sjoerd, at=LATER)


def test_a_report_raises_priority_and_hides_nothing(centre):
    post, newcomers = make_post(centre.merel), make_post(centre.reiger)
    third = make_member(centre.group)
    assert [each.post for each in queue_for(centre.sjoerd, LATER)] == [newcomers]
    actions.report_post(post, centre.reiger, "hurts", "Dit deed pijn", by=centre.as_reiger, at=LATER)
    actions.report_post(post, centre.reiger, "worried", "", by=centre.as_reiger, at=LATER)
    assert PostReport.objects.get().reason == "worried"
    first = queue_for(centre.sjoerd, LATER)[0]
    assert (first.post, first.priority) == (post, Priority.REPORTED)
    actions.report_post(post, third, "hurts", "", by=peer(third), at=LATER)
    assert queue_for(centre.sjoerd, LATER)[0].priority == Priority.REPORTED_OFTEN
    assert posts_of(post.talk, third)[0].text == "Vandaag was een goede dag."
    with pytest.raises(ValidationError):
        actions.report_post(post, third, "zomaar", "", by=peer(third), at=LATER)
    with pytest.raises(PermissionDenied):
        actions.report_post(post, centre.merel, "hurts", "", by=centre.as_merel, at=LATER)
    moderation.settle_reports(post, by=centre.sjoerd, at=LATER)
    moderation.settle_reports(post, by=centre.sjoerd, at=LATER)
    assert TrailEntry.objects.filter(verb="group_post.stays").count() == 1
    assert [each.post for each in queue_for(centre.sjoerd, LATER)] == [newcomers]


def test_a_removed_post_leaves_an_empty_place_and_its_writer_reads_why(centre):
    post = make_post(centre.merel, "Grof")
    actions.report_post(post, centre.reiger, "hurts", "", by=centre.as_reiger, at=LATER)
    with pytest.raises(ValidationError):
        moderation.remove_post(post, "", "", by=centre.sjoerd, at=LATER)
    moderation.remove_post(post, "hurts", "Dit was te grof.", by=centre.sjoerd, at=LATER)
    assert posts_of(post.talk, centre.reiger)[0].is_gone
    assert posts_of(post.talk, centre.merel)[0].note == "Dit was te grof."
    assert queue_for(centre.sjoerd, LATER) == []
    waiting = make_post(centre.reiger)
    moderation.remove_post(waiting, "advert", "", by=centre.sjoerd, at=LATER)
    assert Hold.objects.get().verdict == Verdict.REMOVED


def test_of_two_moderators_the_second_hears_that_it_was_decided(centre):
    post = make_post(centre.reiger)
    moderation.approve_post(post, by=centre.sjoerd, at=LATER)
    with pytest.raises(ValidationError):
        moderation.approve_post(post, by=centre.yara, at=LATER)
    with pytest.raises(ValidationError):
        moderation.refuse_post(post, "hurts", "", by=centre.yara, at=LATER)
    assert GroupMember.objects.get(pk=centre.reiger.pk).approved_posts == 1
    assert "decided" not in str(TrailEntry.objects.get(verb="group_post.approved").facts)


def test_who_is_no_moderator_here_decides_nothing_and_finds_nothing(centre):
    post = make_post(centre.reiger)
    for who in (centre.stranger, centre.as_merel):
        assert queue_for(who, NOON) == []
        assert post_to_read(who, post.pk, NOON) is None
        with pytest.raises(PermissionDenied):
            moderation.approve_post(post, by=who, at=NOON)
        with pytest.raises(PermissionDenied):
            actions.write_as_moderator(post.talk, "Hoi", by=who, at=NOON)


def test_a_silenced_member_writes_and_a_moderator_reads_it_first(centre):
    post = make_post(centre.merel)
    with pytest.raises(ValidationError):
        moderation.silence_member(post, 2, by=centre.sjoerd, at=NOON)
    moderation.silence_member(post, 3, by=centre.sjoerd, at=NOON)
    assert Hold.objects.get(post=make_post(centre.merel)).reasons == ["silenced"]
    assert make_post(centre.merel, at=NOON + timedelta(days=3)).state == PostState.SHOWN
    staff = actions.write_as_moderator(post.talk, "Let op elkaar.", by=centre.sjoerd, at=NOON)
    with pytest.raises(ValidationError):
        moderation.silence_member(staff, 3, by=centre.sjoerd, at=NOON)


def test_a_moderator_writes_under_their_own_name(centre):
    post = make_post(centre.merel)
    staff = actions.write_as_moderator(post.talk, "Welkom allemaal.", by=centre.sjoerd, at=LATER)
    shown = posts_of(post.talk, centre.reiger)[1]
    assert (shown.who, shown.text, shown.may_be_reported) == ("Sjoerd Prins", "Welkom allemaal.", False)
    with pytest.raises(ValidationError):
        actions.write_as_moderator(post.talk, "", by=centre.sjoerd, at=LATER)
    with pytest.raises(PermissionDenied):
        actions.change_post(staff, "Anders", by=centre.as_merel, at=LATER)
    moderation.remove_post(staff, "details", "Foutje", by=centre.noor, at=LATER)
    assert posts_of(post.talk, centre.reiger)[1].is_gone


def test_a_moderator_leaves_out_a_subject_and_a_colleague_reads_it(centre):
    post = make_post(centre.reiger, subject="children")
    moderation.skip_subjects(centre.space, ["children", "everyday"], by=centre.sjoerd, at=NOON)
    assert queue_for(centre.sjoerd, NOON) == []
    assert post_to_read(centre.sjoerd, post.pk, NOON) is None
    assert [each.post for each in queue_for(centre.yara, NOON)] == [post]
    make_post(centre.reiger, subject="everyday")
    assert len(queue_for(centre.sjoerd, NOON)) == 1  # only what may be skipped
    moderation.skip_subjects(centre.space, [], by=centre.sjoerd, at=NOON)
    assert len(queue_for(centre.sjoerd, NOON)) == 2
    with pytest.raises(PermissionDenied):
        moderation.skip_subjects(centre.space, [], by=centre.stranger, at=NOON)


def test_quiet_hours_do_not_stop_anybody_from_writing(centre):
    night = datetime(2027, 5, 18, 1, 0, tzinfo=UTC)
    assert make_post(centre.merel, at=night).state == PostState.SHOWN
