"""Danger words: never silent, never shown to the group, and nobody is named on a phone."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.keys.sealing import unseal
from nabij.moderation import actions as moderation
from nabij.moderation.factories import make_shift
from nabij.moderation.queries import Priority, is_moderated, post_of_call, post_to_read, queue_for
from nabij.notify.models import Message
from nabij.paging import answers
from nabij.paging.actions import accept
from nabij.paging.factories import seated, take_due_steps
from nabij.paging.models import Ask, Page, PageState, Way
from nabij.paging.seats import people_on
from nabij.peers import actions
from nabij.peers.actions import holding
from nabij.peers.factories import NOON, make_group, make_member, make_post, make_space
from nabij.peers.models import FollowUp, Hold, Post, PostState, Verdict
from nabij.peers.queries.members import is_in_danger, posts_of
from nabij.peers.tests.conftest import make_staff

DARK = "Soms wil ik niet verder leven."
NIGHT = datetime(2027, 5, 18, 1, 0, tzinfo=UTC)  # three in the morning


@pytest.fixture
def road(centre):
    """The on-call road: Bram, and the national back-up Bart."""
    bram = make_staff(Role.ON_CALL_COORDINATOR, "Bram Kooistra")
    bart = make_staff(Role.ON_CALL_COORDINATOR, "Bart Smit", is_national=True)
    with seated({"coordinator": [bram.pk], "national": [bart.pk]}):
        yield SimpleNamespace(bram=actor_for(bram), bart=actor_for(bart))


def asked():
    return list(Ask.objects.order_by("asked_at", "pk").values_list("membership__user__name", flat=True))


def test_the_writer_sees_112_and_113_at_once_the_group_sees_nothing_and_the_moderator_is_called(centre, road):
    post = make_post(centre.merel, DARK)
    assert post.state == PostState.HELD
    assert is_in_danger(centre.merel, NOON)
    assert posts_of(post.talk, centre.merel)[0].text == DARK
    assert posts_of(post.talk, centre.reiger) == []
    take_due_steps(NOON)
    assert asked() == ["Sjoerd Prins"]
    message = Message.objects.get()
    told = message.subject + unseal(message.pk, message.body_sealed)
    for word in ("verder leven", "Merel", str(centre.merel.member_id)):
        assert word not in told
    assert queue_for(centre.sjoerd, NOON)[0].priority == Priority.DANGER


def test_who_is_silent_is_followed_by_the_coordinator_of_the_groups_within_five_minutes(centre, road):
    make_post(centre.merel, DARK)
    for minute, names in ((0, 1), (3, 2), (5, 3)):
        take_due_steps(NOON + timedelta(minutes=minute))
        assert len(asked()) == names
    assert asked() == ["Sjoerd Prins", "Noor Visser", "Bram Kooistra"]


def test_outside_the_hours_the_on_call_road_is_called_at_once(centre, road):
    make_post(centre.merel, DARK, at=NIGHT)
    assert Page.objects.get().kind == holding.DANGER_OUTSIDE_HOURS
    take_due_steps(NIGHT)
    assert asked() == ["Bram Kooistra"]


def test_a_moderator_who_reads_no_suicide_is_not_called_and_the_next_one_is(centre, road):
    moderation.skip_subjects(centre.space, ["suicide"], by=centre.sjoerd, at=NOON)
    post = make_post(centre.merel, DARK)
    take_due_steps(NOON)
    assert asked() == ["Noor Visser"]
    assert queue_for(centre.sjoerd, NOON) == []
    assert queue_for(centre.yara, NOON)[0].post == post
    elsewhere = make_space()
    make_shift(elsewhere, Membership.objects.get(pk=centre.yara.id))
    assert "Yara Haddad" not in asked()


def test_nothing_is_decided_before_somebody_phoned_and_then_the_call_stops(centre, road):
    post = make_post(centre.merel, DARK)
    take_due_steps(NOON)
    with pytest.raises(ValidationError, match="Bel eerst"):
        moderation.approve_post(post, by=centre.sjoerd, at=NOON)
    accept(Ask.objects.get(), by=centre.sjoerd, at=NOON, way=Way.APP)
    waiting = Hold.objects.get()
    assert waiting.taken_by == centre.sjoerd.id
    assert waiting.member_id == centre.merel.member_id
    assert post_of_call(waiting.pk) == post.pk
    moderation.note_follow_up(waiting, FollowUp.PHONED, by=centre.sjoerd, at=NOON)
    moderation.refuse_post(post, "details", "Wij spraken elkaar.", by=centre.sjoerd, at=NOON)
    waiting.refresh_from_db()
    assert (waiting.verdict, waiting.follow_up, waiting.member_id) == (Verdict.REFUSED, "phoned", None)
    assert is_in_danger(centre.merel, NOON + timedelta(hours=23))
    assert not is_in_danger(centre.merel, NOON + timedelta(hours=25))
    with pytest.raises(ValidationError):
        moderation.note_follow_up(waiting, FollowUp.PHONED, by=centre.sjoerd, at=NOON)


def test_a_follow_up_without_an_answered_call_ends_the_call(centre, road):
    make_post(centre.merel, DARK)
    moderation.note_follow_up(Hold.objects.get(), FollowUp.NO_DANGER, by=centre.yara, at=NOON)
    assert Page.objects.get().state == PageState.STOOD_DOWN
    with pytest.raises(PermissionDenied):
        moderation.note_follow_up(Hold.objects.get(), FollowUp.NO_DANGER, by=centre.stranger, at=NOON)


def test_the_database_keeps_danger_open_until_it_was_followed_up(centre, road):
    make_post(centre.merel, DARK)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.update(decided_at=NOON, verdict="approved", member_id=None)


def test_at_night_who_took_the_call_reads_this_post_and_no_other(centre, road):
    post, other = make_post(centre.merel, DARK, at=NIGHT), make_post(centre.merel, "Anders", at=NIGHT)
    assert post_to_read(road.bram, post.pk, NIGHT) is None
    take_due_steps(NIGHT)
    accept(Ask.objects.get(), by=road.bram, at=NIGHT, way=Way.APP)
    assert post_to_read(road.bram, post.pk, NIGHT) == post
    assert post_to_read(road.bram, other.pk, NIGHT) is None
    assert post_to_read(road.bart, post.pk, NIGHT) is None
    moderation.note_follow_up(Hold.objects.get(), FollowUp.PHONED, by=road.bram, at=NIGHT)
    with pytest.raises(PermissionDenied):
        moderation.approve_post(post, by=road.bram, at=NIGHT)
    moderation.approve_post(post, by=centre.sjoerd, at=NIGHT)
    assert post_to_read(road.bram, post.pk, NIGHT) is None


def test_other_words_or_going_away_do_not_take_danger_away(centre, road):
    post = make_post(centre.merel, DARK)
    actions.change_post(post, "Grapje.", by=centre.as_merel, at=NOON)
    assert Hold.objects.get().is_danger
    assert Page.objects.count() == 1
    actions.withdraw_post(post, by=centre.as_merel, at=NOON)
    assert Post.objects.exclude(body_sealed=b"").count() == 1  # read before it goes
    moderation.note_follow_up(Hold.objects.get(), FollowUp.PHONED, by=centre.sjoerd, at=NOON)
    assert Hold.objects.get().verdict == Verdict.GONE
    assert not Post.objects.exclude(body_sealed=b"").exists()


def test_after_it_was_followed_up_a_withdrawn_post_goes_at_once(centre, road):
    post = make_post(centre.merel, DARK)
    moderation.note_follow_up(Hold.objects.get(), FollowUp.PHONED, by=centre.sjoerd, at=NOON)
    actions.withdraw_post(post, by=centre.as_merel, at=NOON)
    assert Hold.objects.get().verdict == Verdict.GONE


def test_who_leaves_in_danger_takes_the_words_along_and_is_still_phoned(centre, road):
    post = make_post(centre.merel, DARK)
    actions.leave(centre.merel, by=centre.as_merel, at=NOON)
    waiting = Hold.objects.get()
    assert waiting.member_id == centre.merel.member_id
    assert bytes(Post.objects.get().body_sealed) == b""
    assert post_to_read(centre.sjoerd, post.pk, NOON) == post
    moderation.note_follow_up(waiting, FollowUp.PHONED, by=centre.sjoerd, at=NOON)
    waiting.refresh_from_db()
    assert (waiting.verdict, waiting.member_id) == (Verdict.GONE, None)


def test_a_post_that_waited_already_still_calls_when_danger_is_added(centre, road):
    post = make_post(centre.reiger, "Ik ben nieuw.")
    assert not Page.objects.exists()
    actions.change_post(post, DARK, by=centre.as_reiger, at=NOON)
    assert Hold.objects.get().reasons == ["suicide", "newcomer"]
    assert Page.objects.count() == 1


def test_a_call_that_could_not_start_is_written_down_and_started_again(centre, road, monkeypatch):
    def fails(*args, **fields):
        raise RuntimeError("no paging")

    with monkeypatch.context() as broken:
        broken.setattr(holding, "start_page", fails)
        assert make_post(centre.merel, DARK).state == PostState.HELD
    assert TrailEntry.objects.filter(verb="group_post.paging_failed").exists()
    assert actions.call_again(by=SYSTEM, at=NOON) == 1
    assert actions.call_again(by=SYSTEM, at=NOON) == 0
    assert Hold.objects.get().page is not None


def test_a_post_that_was_taken_away_does_not_come_back(centre):
    post = make_post(centre.merel)
    actions.withdraw_post(post, by=centre.as_merel, at=NOON)
    post.refresh_from_db()
    with pytest.raises(ValueError, match="cannot become"):
        holding.change_state(post, PostState.SHOWN)


def test_who_said_yes_goes_on_to_the_post(centre, road):
    post = make_post(centre.merel, DARK)
    take_due_steps(NOON)
    ask = Ask.objects.select_related("page").get()
    assert answers.next_address(ask) == f"/werk/groepen/bericht/{post.pk}/"
    Hold.objects.all().delete()
    assert answers.next_address(ask) == ""


def test_a_newcomer_in_danger_is_called_for_like_anybody(centre, road):
    post = make_post(make_member(centre.group), DARK)
    assert Hold.objects.get(post=post).is_danger


def test_a_call_about_nothing_takes_nothing_up(centre, road):
    make_post(centre.merel, DARK)
    take_due_steps(NOON)
    ask = Ask.objects.select_related("page").get()
    moderation.take_up(ask, by=centre.sjoerd, at=NOON)
    moderation.take_up(ask, by=centre.sjoerd, at=NOON + timedelta(minutes=1))
    assert Hold.objects.get().taken_at == NOON
    Hold.objects.all().delete()
    moderation.take_up(ask, by=centre.sjoerd, at=NOON)
    assert TrailEntry.objects.filter(verb="group_post.taken_up").count() == 1


def test_a_closed_part_is_ready_when_there_is_a_group_and_a_moderator(centre):
    assert is_moderated(centre.space.owner_id, NOON)
    assert not is_moderated(centre.space.owner_id, NIGHT)
    assert not is_moderated(make_space().owner_id, NOON)


def test_new_danger_after_somebody_phoned_is_called_for_again_and_must_be_followed_up_again(centre, road):
    post = make_post(centre.merel, DARK)
    moderation.note_follow_up(Hold.objects.get(), FollowUp.PHONED, by=centre.sjoerd, at=NOON)
    later = NOON + timedelta(hours=1)
    actions.change_post(post, "Ik wil niet meer leven.", by=centre.as_merel, at=later)
    waiting = Hold.objects.get()
    assert (waiting.follow_up, waiting.member_id) == ("", centre.merel.member_id)
    assert (waiting.taken_at, waiting.taken_by) == (None, None)
    assert [page.state for page in Page.objects.order_by("started_at")] == [
        PageState.STOOD_DOWN, PageState.OPEN,
    ]  # fmt: skip
    assert waiting.page.state == PageState.OPEN
    with pytest.raises(ValidationError, match="Bel eerst"):
        moderation.approve_post(post, by=centre.sjoerd, at=later)


def test_other_words_after_somebody_phoned_call_nobody(centre, road):
    post = make_post(centre.merel, DARK)
    moderation.note_follow_up(Hold.objects.get(), FollowUp.PHONED, by=centre.sjoerd, at=NOON)
    actions.change_post(post, "Dank voor het gesprek.", by=centre.as_merel, at=NOON)
    assert (Hold.objects.get().follow_up, Page.objects.count()) == (FollowUp.PHONED, 1)


def test_a_shift_in_an_exercise_is_no_moderator_for_what_is_real(centre, road):
    practice = make_space(is_exercise=True)
    yara = Membership.objects.get(pk=centre.yara.id)
    make_shift(practice, yara)
    assert people_on("group_moderator", None, NOON) == [centre.sjoerd.id]
    centre.space.shifts.all().delete()
    assert people_on("group_moderator", None, NOON) == []
    make_post(centre.merel, DARK)
    take_due_steps(NOON)
    assert asked() == ["Noor Visser"]


def test_a_post_of_an_exercise_calls_who_moderates_in_it(centre, road):
    practice = make_group(make_space(is_exercise=True), contact=Membership.objects.get(pk=centre.noor.id))
    make_shift(practice.space, Membership.objects.get(pk=centre.yara.id))
    make_post(make_member(practice), DARK)
    take_due_steps(NOON)
    assert asked() == ["Yara Haddad"]
