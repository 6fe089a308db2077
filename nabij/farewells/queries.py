"""Which groups end with a centre, who wants to go on, and how many do."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count

from nabij.audit.models import TrailEntry
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import Relation, Verification, VerificationState
from nabij.farewells.models import OnwardWish
from nabij.kit.clock import AMSTERDAM
from nabij.openings.models import ClosingPlan
from nabij.peers.models import GroupMember, Space


@dataclass(frozen=True)
class Happened:
    """One line of the trail, as far as the end of groups depends on it."""

    verb: str
    at: datetime
    phase: str
    centre: AdviceCentre | None


def happened(entry_id: int) -> Happened:
    """What this line of the trail tells, and of which centre; none when an exercise was wiped meanwhile."""
    entry = TrailEntry.objects.get(pk=entry_id)
    owner = entry.subject_id
    if entry.verb == "groups.opened":
        owner = Space.objects.filter(pk=owner).values_list("owner_id", flat=True).first() or owner
    centre = AdviceCentre.objects.filter(pk=owner).first()
    return Happened(entry.verb, entry.at, str(entry.facts.get("phase", "")), centre)


def running_plan(centre: AdviceCentre) -> ClosingPlan | None:
    """The closing that was announced and goes on."""
    rows = ClosingPlan.objects.filter(centre=centre, withdrawn_at=None, archived_on=None)
    return rows.filter(ends_on__isnull=False).first()


def end_of_day(day: date) -> datetime:
    """The moment in Amsterdam at which this day is over."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=AMSTERDAM)


def ends_with_a_closing(space: Space, centre: AdviceCentre) -> bool:
    """Whether the groups were to end because the centre closed, and not by a decision of their own."""
    days = ClosingPlan.objects.filter(centre=centre, ends_on__isnull=False).values_list("ends_on", flat=True)
    return space.ends_at in [end_of_day(day) for day in days if day is not None]


def space_of(centre: AdviceCentre) -> Space | None:
    """The groups of a centre."""
    return Space.objects.filter(owner_id=centre.pk).first()


def verification_of(member_id: UUID) -> Verification | None:
    """By which a member of a group is in the closed part."""
    return Verification.objects.filter(pk=member_id).select_related("registration").first()


def wish_of(verification: Verification) -> OnwardWish | None:
    """That this person wants to go on; None without a wish."""
    return OnwardWish.objects.filter(verification=verification).first()


def own_wish(person_id: UUID) -> OnwardWish | None:
    """The wish of this person, for their own pages."""
    rows = OnwardWish.objects.filter(verification__registration__person_id=person_id)
    return rows.select_related("verification__registration").first()


@dataclass(frozen=True)
class Wishes:
    """How many want to go on, of one relation, and how many are in the group."""

    relation: str
    wanted: int
    members: int


def wishes_at(space: Space) -> list[Wishes]:
    """How many want to go on, for each relation that has members or wishes here: numbers, never who."""
    incident = AdviceCentre.objects.filter(pk=space.owner_id).values("incident_id")
    said = OnwardWish.objects.filter(
        verification__registration__incident_id__in=incident,
        verification__state=VerificationState.VERIFIED,
    )
    wanted = dict(said.order_by().values_list("verification__relation").annotate(number=Count("pk")))
    here = GroupMember.objects.filter(space=space, left_at__isnull=True).order_by()
    members = dict(here.values_list("relation").annotate(number=Count("pk")))
    return [
        Wishes(str(each.label), wanted.get(each.value, 0), members.get(each.value, 0))
        for each in Relation
        if each.value in wanted or each.value in members
    ]


def wishes_to_take(person_id: UUID) -> list[dict[str, Any]]:
    """The wish as data to take along."""
    found = own_wish(person_id)
    return [{"op": found.wished_at, "versie": found.text_version}] if found else []
