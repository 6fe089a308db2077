"""Four weeks of a team on one page: per day who sits where, and where somebody is missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from nabij.kit.clock import local
from nabij.rosters.models import Seat
from nabij.rosters.queries.duties import DutyLine
from nabij.rosters.queries.gaps import Gap, ShiftLine, roster_between


@dataclass(frozen=True)
class SeatOfDay:
    """One chair on one day: who sits there, and how many are missing at the worst moment."""

    label: str
    people: list[DutyLine]
    missing: int
    first_gap: Gap | None


@dataclass(frozen=True)
class DayOfMonth:
    """One day and its chairs."""

    day: date
    seats: list[SeatOfDay]


def month_of(team_id: UUID | None, first: date, days: int) -> list[DayOfMonth]:
    """The days from `first`, by the shifts that begin on each."""
    lines = roster_between(team_id, first, first + timedelta(days=days - 1))
    by_day: dict[date, list[ShiftLine]] = {first + timedelta(days=number): [] for number in range(days)}
    for line in lines:
        by_day[local(line.shift.starts_at).date()].append(line)
    return [DayOfMonth(day, _seats(found)) for day, found in by_day.items()]


def _seats(lines: list[ShiftLine]) -> list[SeatOfDay]:
    return [
        _seat(str(seat.label), own) for seat in Seat if (own := [x for x in lines if x.shift.seat == seat])
    ]


def _seat(label: str, lines: list[ShiftLine]) -> SeatOfDay:
    people = {each.duty.membership_id: each for line in lines for each in line.duties}
    gaps = [gap for line in lines for gap in line.gaps]
    missing = max((gap.missing for gap in gaps), default=0)
    return SeatOfDay(label, list(people.values()), missing, gaps[0] if gaps else None)


@dataclass(frozen=True)
class GapRow:
    """Gaps that follow each other on one chair, as one line."""

    first: Gap
    last: Gap

    @property
    def missing(self) -> int:
        """How many people are missing."""
        return self.first.missing


def rows_of(gaps: list[Gap]) -> list[GapRow]:
    """The gaps with those that follow each other on the same chair joined, the earliest first."""
    rows: dict[tuple[str, int], list[GapRow]] = {}
    for gap in gaps:
        own = rows.setdefault((gap.shift.seat, gap.missing), [])
        if own and own[-1].last.ends_at == gap.starts_at:
            own[-1] = GapRow(own[-1].first, gap)
        else:
            own.append(GapRow(gap, gap))
    return sorted((row for own in rows.values() for row in own), key=lambda row: row.first.starts_at)
