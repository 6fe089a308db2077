"""A centre with a group of bereaved people; Truus is in it as Merel, and Renske leads."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.closed_part.factories import EVENING, make_insider, person_of
from nabij.closed_part.tests.conftest import door, log_in, own_releases
from nabij.closed_rooms.actions.groups import open_group_at
from nabij.farewells import tasks
from nabij.openings.models import ClosingPlan, Phase
from nabij.peers.actions import enter
from nabij.peers.models import Age, Relation, Space
from nabij.peers.outside import Verified

__all__ = ["door", "log_in", "own_releases"]
AT = EVENING
ENDS_ON = date(2027, 8, 31)


def join(door, alias, *, age=Age.ADULT, **answers):
    """Somebody bereaved, let in, and in the group under this alias."""
    held = make_insider(door.centre, relation="bereaved", by=door.rosa, **answers)
    known = Verified(held.pk, Relation.BEREAVED, age, True, is_kin_of_offender=False)
    member = enter(
        Space.objects.get(owner_id=door.centre.pk), known, alias,
        by=Actor(ActorKind.HELPED_PERSON, id=held.pk), at=AT,
    )  # fmt: skip
    return SimpleNamespace(held=held, member=member, person=person_of(held.registration))


@pytest.fixture
def closing(door, monkeypatch):
    """The centre with its groups; what it announces is told as the job tells it."""
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    renske = make_membership(Role.COMMUNITY_COORDINATOR, name="Renske Duin", team=door.member.rosa.team)
    group = open_group_at(door.centre, "bereaved", renske, is_youth=False, by=actor_for(renske), at=AT)

    def tell(verb, at, **facts):
        entry = trail.record(verb, by=SYSTEM, at=at, subject=door.centre, facts=facts)
        tasks.follow_centre(entry.pk)
        return Space.objects.get(pk=group.space_id)

    def announce(at=AT, ends_on=ENDS_ON):
        plan = ClosingPlan.objects.create(
            centre=door.centre, proposed_at=at, proposed_by=uuid4(), contact_point="088-0000000",
            announced_on=at.date(), announced_by=uuid4(), ends_on=ends_on,
        )  # fmt: skip
        return plan, tell("centre.closing_announced", at)

    return SimpleNamespace(
        door=door, group=group, renske=renske, announce=announce, tell=tell, truus=join(door, "Merel"),
        begins=lambda phase, at: tell("centre.phase_began", at, phase=Phase(phase).value),
    )  # fmt: skip


def later(days: int) -> datetime:
    return AT + timedelta(days=days)
