"""The groups of a centre follow its closing: told at once, read for a month, erased, or going on."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.queries import actor_for
from nabij.audit import trail
from nabij.audit.actor import SYSTEM
from nabij.centres.models import AdviceCentre
from nabij.closed_rooms.actions.groups import open_group_at
from nabij.farewells import actions, tasks
from nabij.farewells.queries import end_of_day
from nabij.farewells.tests.conftest import AT, ENDS_ON, join, later
from nabij.kit import clock
from nabij.kit.clock import AMSTERDAM
from nabij.notify.models import Message
from nabij.openings.models import ClosingPlan
from nabij.peers.actions import announce_end, end_spaces
from nabij.peers.factories import make_post
from nabij.peers.models import GroupMember, Leaving, Post, Space


def notices():
    return Message.objects.filter(template="group_end")


def test_a_closing_that_is_announced_ends_the_groups_with_its_last_day_and_tells_who_is_in(closing):
    noon = datetime(2027, 5, 20, 12, tzinfo=AMSTERDAM)
    clock.move_to(noon)
    _plan, space = closing.announce(noon)
    assert space.end_announced_at == noon
    assert space.ends_at == datetime(2027, 9, 1, tzinfo=AMSTERDAM)
    assert space.erased_at == space.ends_at + timedelta(days=30)
    [told] = notices()
    assert told.recipient_id == closing.truus.held.registration.person_id
    assert "groep" not in f"{told.subject}"
    assert closing.tell("centre.closing_announced", noon) == space
    assert notices().count() == 1


def test_at_night_the_end_is_said_on_the_page_and_told_in_the_morning(closing):
    _plan, space = closing.announce()  # 22:19
    assert space.ends_at is not None
    assert not notices().exists()


def test_a_centre_without_groups_or_with_groups_that_end_already_changes_nothing(closing):
    own = announce_end(closing.group.space, end_of_day(ENDS_ON), by=SYSTEM, at=AT)
    _plan, space = closing.announce(ends_on=ENDS_ON + timedelta(days=30))
    assert space.ends_at == own.ends_at
    Space.objects.all().delete()
    assert actions.end_with(closing.door.centre, by=SYSTEM, at=AT) is None
    assert actions.go_on_with(closing.door.centre, by=SYSTEM, at=AT) is None
    ClosingPlan.objects.all().delete()
    assert actions.end_with(closing.door.centre, by=SYSTEM, at=AT) is None


def test_groups_that_open_while_the_centre_closes_say_so_at_their_door(closing):
    closing.announce()
    Space.objects.all().delete()
    group = open_group_at(
        closing.door.centre, "residents", closing.renske, is_youth=False,
        by=actor_for(closing.renske), at=later(3),
    )  # fmt: skip
    entry = trail.record("groups.opened", by=SYSTEM, at=later(3), subject=group.space)
    tasks.follow_centre(entry.pk)
    space = Space.objects.get(pk=group.space_id)
    assert space.ends_at == end_of_day(ENDS_ON)
    assert space.end_announced_at < later(3)


@pytest.mark.parametrize("phase", ["aftercare", "long"])
def test_a_closing_that_is_withdrawn_lets_the_groups_go_on(closing, phase):
    plan, _space = closing.announce()
    assert closing.begins("closing", AT).ends_at is not None
    assert closing.begins(phase, AT).ends_at is not None  # the plan still goes on
    plan.withdrawn_at = AT
    plan.save()
    assert closing.begins(phase, AT).ends_at is None
    assert GroupMember.objects.filter(left_at=None).count() == 1


def test_who_was_told_of_the_end_is_told_as_they_are_safely_reached_that_it_does_not_come(closing):
    noon = datetime(2027, 5, 20, 12, tzinfo=AMSTERDAM)
    clock.move_to(noon)
    plan, _space = closing.announce(noon)
    plan.withdrawn_at = noon
    plan.save()
    for _ in range(2):
        closing.begins("long", noon)
    [told] = Message.objects.filter(template="group_goes_on")
    assert told.recipient_id == closing.truus.held.registration.person_id
    assert "groep" not in f"{told.subject}"


def test_groups_that_end_by_themselves_do_so_also_when_the_centre_goes_on(closing):
    announce_end(closing.group.space, later(120), by=SYSTEM, at=AT)
    plan, _space = closing.announce()
    plan.withdrawn_at = AT
    plan.save()
    assert closing.begins("aftercare", AT).ends_at == later(120)


def test_after_the_last_day_all_is_erased_and_opened_again_the_groups_are_empty(closing):
    plan, space = closing.announce()
    make_post(closing.truus.member)
    plan.archived_on = ENDS_ON
    plan.save()
    assert closing.begins("archived", space.ends_at).ends_at == space.ends_at
    assert end_spaces(by=SYSTEM, at=space.ends_at) == 0
    assert Post.objects.exclude(body_sealed=b"").exists()
    assert end_spaces(by=SYSTEM, at=space.erased_at) == 1
    assert GroupMember.objects.get().leaving == Leaving.SPACE_ENDED
    assert not Post.objects.exclude(body_sealed=b"").exists()
    again = closing.begins("acute", space.erased_at)
    assert again.is_open(space.erased_at)
    assert join(closing.door, "Merel").member.group_id == closing.group.pk


def test_only_nabij_lets_groups_follow_a_centre(closing):
    for act in (actions.end_with, actions.go_on_with):
        with pytest.raises(PermissionDenied):
            act(closing.door.centre, by=closing.door.lead, at=AT)


def test_an_exercise_that_was_wiped_meanwhile_ends_nothing(closing):
    entry = trail.record("centre.closing_announced", by=SYSTEM, at=AT, subject=closing.group)
    tasks.follow_centre(entry.pk)
    assert AdviceCentre.objects.exists()
    assert Space.objects.get().ends_at is None
