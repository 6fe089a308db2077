"""Gaps: shifts with too few people, or with people who may not sit there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from nabij.academy.fitness import Fitness
from nabij.kit.clock import local
from nabij.rosters.models import Duty
from nabij.rosters.queries.demand import Shift, shifts_between
from nabij.rosters.queries.duties import DutyLine
from nabij.rosters.queries.fitness import lacks_of


@dataclass(frozen=True)
class Gap:
    """A part of a shift on which too few people may sit: from then till then, how many there are."""

    shift: Shift
    starts_at: datetime
    ends_at: datetime
    present: int
    lacking: tuple[Fitness, ...]

    @property
    def missing(self) -> int:
        """How many people are missing."""
        return self.shift.needed - self.present


@dataclass(frozen=True)
class ShiftLine:
    """One shift of a roster: who sits there, and the gaps in it."""

    shift: Shift
    duties: list[DutyLine]
    gaps: list[Gap]

    @property
    def wished_more(self) -> int:
        """How many people there could be besides who is needed; zero when there is a gap."""
        present = sum(line.lacking is None for line in self.duties)
        return 0 if self.gaps else max(0, self.shift.wished - present)


def gaps_between(team_id: UUID | None, first: date, last: date) -> list[Gap]:
    """Every gap in the shifts that begin on these days, the earliest first; the same queries for any."""
    return [gap for line in roster_between(team_id, first, last) for gap in line.gaps]


def coming_gaps(team_id: UUID | None, at: datetime, days: int) -> list[Gap]:
    """The gaps from now on, those of a shift that runs included."""
    today = local(at).date()
    found = gaps_between(team_id, today - timedelta(days=1), today + timedelta(days=days))
    return [gap for gap in found if gap.ends_at > at]


def roster_between(team_id: UUID | None, first: date, last: date) -> list[ShiftLine]:
    """The shifts of these days with who sits there."""
    shifts = shifts_between(team_id, first, last)
    if not shifts:
        return []
    begin, end = shifts[0].starts_at, max(shift.ends_at for shift in shifts)
    running = Duty.objects.filter(starts_at__lt=end, ends_at__gt=begin)
    running = running.filter(team__isnull=True) if team_id is None else running.filter(team_id=team_id)
    duties = list(running.select_related("membership__user", "team").order_by("starts_at", "pk"))
    lacks = lacks_of(duties)
    lines = [DutyLine(duty, lacks.get(duty.pk)) for duty in duties]
    return [_line(shift, [each for each in lines if _touches(each.duty, shift)]) for shift in shifts]


def _touches(duty: Duty, shift: Shift) -> bool:
    return duty.seat == shift.seat and duty.starts_at < shift.ends_at and duty.ends_at > shift.starts_at


def _line(shift: Shift, lines: list[DutyLine]) -> ShiftLine:
    """The shift with its gaps: each stretch between two changes on which too few people may sit, joined."""
    able = [line.duty for line in lines if line.lacking is None]
    lacking = tuple(line.lacking for line in lines if line.lacking is not None)
    moments = {each for duty in able for each in (duty.starts_at, duty.ends_at)}
    cuts = sorted(
        {shift.starts_at, shift.ends_at} | {m for m in moments if shift.starts_at < m < shift.ends_at}
    )
    gaps: list[Gap] = []
    for begin, end in zip(cuts, cuts[1:], strict=False):
        present = len({d.membership_id for d in able if d.starts_at <= begin and d.ends_at >= end})
        if present >= shift.needed:
            continue
        if gaps and gaps[-1].ends_at == begin and gaps[-1].present == present:
            gaps[-1] = Gap(shift, gaps[-1].starts_at, end, present, lacking)
        else:
            gaps.append(Gap(shift, begin, end, present, lacking))
    return ShiftLine(shift, lines, gaps)
