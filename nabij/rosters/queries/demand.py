"""Which shifts must be filled, by the demand of a team or, as long as it wrote none, by the usual one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.kit.clock import AMSTERDAM
from nabij.kit.content import load_toml
from nabij.rosters.models import Demand, Seat
from nabij.rosters.policies import can_plan

_FILE = Path(__file__).parent.parent / "data" / "demand.toml"
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Shift:
    """A part of a day on which a chair must be filled: from then till then, by how many."""

    starts_at: datetime
    ends_at: datetime
    seat: str
    needed: int
    wished: int

    @property
    def label(self) -> str:
        """The name of the chair."""
        return str(Seat(self.seat).label)


def demands_for(actor: Actor, team_id: UUID | None, at: datetime) -> QuerySet[Demand]:
    """What a team wrote down, for its planners; for others nothing."""
    if not can_plan(actor, team_id, at):
        return Demand.objects.none()
    return Demand.objects.filter(Q(team_id=team_id)).order_by("seat", "starts", "starts_on")


def usual_demand(team_id: UUID | None) -> list[Demand]:
    """The usual demand of a team, or of the country when it is None; rows that are not stored."""
    return [
        Demand(
            team_id=team_id, seat=row["seat"], weekdays=list(range(1, 8)), starts=row["starts"],
            ends=row["ends"], needed=row["needed"], wished=row["wished"], starts_on=date.min,
        )
        for row in _usual()
        if (row["seat"] == Seat.NATIONAL) is (team_id is None)
    ]  # fmt: skip


def _usual() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = load_toml(_FILE)["usual"]
    return rows


def shifts_between(team_id: UUID | None, first: date, last: date) -> list[Shift]:
    """The shifts that begin on these days, both included, the earliest first; one query."""
    written = list(Demand.objects.filter(Q(team_id=team_id), starts_on__lte=last))
    usual = usual_demand(team_id)
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    return sorted(shift for day in days for shift in _shifts_on(day, written, usual))


def _shifts_on(day: date, written: list[Demand], usual: list[Demand]) -> Iterable[Shift]:
    running = [
        each for each in written if each.starts_on <= day and (each.ends_on is None or day <= each.ends_on)
    ]
    lasting = {each.seat for each in running if each.ends_on is None}
    for demand in (*running, *(each for each in usual if each.seat not in lasting)):
        if day.isoweekday() in demand.weekdays:
            yield _shift(day, demand)


def _shift(day: date, demand: Demand) -> Shift:
    """The shift of one day; one that ends no later than it begins ends the next day."""
    end = day if demand.ends > demand.starts else day + _DAY
    return Shift(
        _moment(day, demand.starts), _moment(end, demand.ends), demand.seat, demand.needed, demand.wished
    )


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)


def look_ahead_days() -> int:
    """In how many coming days a gap is an alarm."""
    days: int = load_toml(_FILE)["look_ahead_days"]
    return days


def tell_hours_before() -> list[int]:
    """How many hours before a shift its planners are told that it is still short."""
    hours: list[int] = load_toml(_FILE)["tell_hours_before"]
    return hours


def remind_hours_before() -> int:
    """How many hours before a duty somebody is reminded of it."""
    hours: int = load_toml(_FILE)["remind_hours_before"]
    return hours
