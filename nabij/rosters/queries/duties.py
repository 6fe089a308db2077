"""Reading who is on duty."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.academy.fitness import Fitness
from nabij.accounts.models import Membership
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.keys.sealing import Opener
from nabij.rosters.models import Duty, HandOver, Seat
from nabij.rosters.policies import visible_to
from nabij.rosters.queries.fitness import lacks_at


def on_duty(seat: str, team_id: UUID | None, at: datetime) -> list[Membership]:
    """Who sits on this chair at this moment, first the one whose duty began first."""
    return list(dict.fromkeys(duty.membership for duty in _running(seat, team_id, at)))


def ids_on_duty(seat: str, team_id: UUID | None, at: datetime) -> list[UUID]:
    """Who may be called on this chair at this moment: what the paging engine asks.

    Whose certificate ended is passed over, so that the next one is asked at once.
    """
    if seat not in Seat.values:
        return []
    duties = list(_running(seat, team_id, at))
    lacks = lacks_at(duties, at)
    return list(dict.fromkeys(duty.membership_id for duty in duties if duty.pk not in lacks))


@dataclass(frozen=True)
class PassedOver:
    """Somebody on a chair who is not called, and what they lack."""

    duty: Duty
    lacking: Fitness


def passed_over(team_id: UUID | None, at: datetime) -> list[PassedOver]:
    """Who sits on a chair of this team, or on the national one, and may not be called today."""
    duties = [duty for seat in Seat for duty in _running(seat, team_id, at)]
    lacks = lacks_at(duties, at)
    return [PassedOver(duty, lacks[duty.pk]) for duty in duties if duty.pk in lacks]


def _running(seat: str, team_id: UUID | None, at: datetime) -> QuerySet[Duty]:
    """The duties of people who work here now, first the one that began first."""
    return (
        Duty.objects.of_seat(seat, team_id)
        .at(at)
        .filter(membership__in=Membership.objects.current(at))
        .select_related("membership__user", "membership__organisation")
        .order_by("starts_at", "id")
    )


def next_change(team_id: UUID, at: datetime) -> datetime | None:
    """The next moment at which somebody's duty of this team begins or ends."""
    mine = Duty.objects.filter(team_id=team_id)
    begin = mine.filter(starts_at__gt=at).order_by("starts_at").values_list("starts_at", flat=True).first()
    end = mine.filter(ends_at__gt=at).order_by("ends_at").values_list("ends_at", flat=True).first()
    return min((moment for moment in (begin, end) if moment), default=None)


def duties_for(actor: Actor, at: datetime) -> QuerySet[Duty]:
    """All duties that this actor may see."""
    return Duty.objects.filter(visible_to(actor, at)).select_related("membership__user", "team")


def own_duties(actor: Actor, at: datetime) -> QuerySet[Duty]:
    """The actor's own duties from now on, the next one first."""
    return duties_for(actor, at).filter(Q(membership_id=actor.id), ends_at__gt=at).order_by("starts_at")


@dataclass(frozen=True)
class DutyLine:
    """A duty in the calendar, and what its holder lacks for it."""

    duty: Duty
    lacking: Fitness | None


@dataclass(frozen=True)
class Note:
    """A hand-over as the next one reads it."""

    written_at: datetime
    text: str


def last_hand_overs(actor: Actor, at: datetime) -> list[Note]:
    """The three newest hand-over notes of the actor's team, opened for reading."""
    if actor.team_id is None or not actor.may(Permission.BE_PAGED):
        return []
    rows = list(HandOver.objects.filter(team_id=actor.team_id).order_by("-written_at")[:3])
    opener = Opener(row.pk for row in rows)
    return [Note(row.written_at, opener.open(row.pk, row.note_sealed)) for row in rows]


def plannable_people(actor: Actor, at: datetime) -> QuerySet[Membership]:
    """The members of staff whom this planner may put on a chair, by name; for who plans nothing nobody."""
    if not actor.may(Permission.PLAN_ROSTER):
        return Membership.objects.none()
    people = Membership.objects.current(at).filter(
        role__in=["on_call_coordinator", "on_call_worker", "team_leader"]
    )
    if actor.municipality_codes is not None:
        people = people.filter(Q(team_id=actor.team_id))
    return people.select_related("user", "organisation", "team").order_by("user__name")
