"""Who carried how much: planned and real burden over a rolling year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

import holidays

from nabij.kit.clock import AMSTERDAM, local
from nabij.kit.content import load_toml
from nabij.rosters.models import Duty
from nabij.working_time.queries import calls_by_membership
from nabij.working_time.rules import Stretch, nights_of

YEAR = timedelta(days=365)
_FILE = Path(__file__).parent.parent / "data" / "fairness.toml"


@dataclass(frozen=True)
class Burden:
    """What somebody carried: hours on duty, nights, weekend days, holidays, calls and their hours."""

    hours: float = 0
    nights: int = 0
    weekend_days: int = 0
    holidays: int = 0
    calls: int = 0
    call_hours: float = 0

    @property
    def points(self) -> float:
        """One number to compare people by: days of duty, and extra for what is hard."""
        weigh: dict[str, float] = load_toml(_FILE)["points"]
        hard = self.nights * weigh["night"] + self.weekend_days * weigh["weekend_day"]
        rare = self.holidays * weigh["holiday"] + self.calls * weigh["call"]
        return round(self.hours / 24 * weigh["day"] + hard + rare, 1)


def burdens_of(
    membership_ids: Collection[UUID], at: datetime, without: Collection[UUID] = ()
) -> dict[UUID, Burden]:
    """The burden of these people: a year back, and what is planned, `without` these duties; two queries."""
    stretches: dict[UUID, list[Stretch]] = {each: [] for each in membership_ids}
    rows = Duty.objects.filter(membership_id__in=membership_ids, ends_at__gt=at - YEAR).exclude(
        pk__in=without
    )
    for membership_id, starts_at, ends_at in rows.values_list("membership_id", "starts_at", "ends_at"):
        stretches[membership_id].append(Stretch(starts_at, ends_at))
    calls = calls_by_membership(membership_ids, at - YEAR)
    return {each: burden_of(duties, calls[each]) for each, duties in stretches.items()}


def burden_of(duties: Collection[Stretch], calls: Collection[Stretch]) -> Burden:
    """The burden of these duties and calls; a day counts once, however many duties touch it."""
    days = {day for duty in duties for day in days_of_stretch(duty)}
    return Burden(
        hours=round(sum((duty.span for duty in duties), timedelta()) / timedelta(hours=1), 1),
        nights=len(set().union(*(nights_of(duty) for duty in duties))),
        weekend_days=sum(day.isoweekday() >= 6 for day in days),
        holidays=sum(is_holiday(day) for day in days),
        calls=len(calls),
        call_hours=round(sum((call.span for call in calls), timedelta()) / timedelta(hours=1), 1),
    )


def days_of_stretch(stretch: Stretch) -> list[date]:
    """The days, by the clock here, of which it takes at least four hours, or all when it is shorter."""
    first, last = local(stretch.starts_at).date(), local(stretch.ends_at).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    enough = min(timedelta(hours=4), stretch.span)
    return [
        day for day in days if stretch.within(_midnight(day), _midnight(day + timedelta(days=1))) >= enough
    ]


def is_holiday(day: date) -> bool:
    """Whether this is a Dutch public holiday."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("NL", years=year)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)
