"""Checking: may this duty stand beside the others? Sums are in absolute time, nights by the clock here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from nabij.kit.clock import AMSTERDAM, local
from nabij.working_time.law import LawRule, call_minutes, rules_of

NIGHT_ENDS = time(6)


@dataclass(frozen=True, order=True)
class Stretch:
    """From then till then, in absolute time."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts_at", self.starts_at.astimezone(UTC))
        object.__setattr__(self, "ends_at", self.ends_at.astimezone(UTC))

    @property
    def span(self) -> timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at

    def within(self, starts_at: datetime, ends_at: datetime) -> timedelta:
        """How much of it lies between these moments."""
        return max(timedelta(), min(self.ends_at, ends_at) - max(self.starts_at, starts_at))


@dataclass(frozen=True)
class Load:
    """What somebody has besides: duties (reachable) and calls (work)."""

    duties: tuple[Stretch, ...] = ()
    calls: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Breach:
    """A rule that would be broken; its text names the rule and its article."""

    rule: LawRule

    def __str__(self) -> str:
        return str(self.rule)


def breaches_of(new: Stretch, load: Load, status: str) -> list[Breach]:
    """The rules of this legal status that `new` breaks beside the duties and calls that are there."""
    duties = sorted((*load.duties, new))
    work = worked(load.calls)
    return [
        Breach(rule) for rule in rules_of(status) if rule.kind and _CHECKS[rule.kind](rule, new, duties, work)
    ]


def has_worked_enough(calls: Iterable[Stretch], at: datetime, status: str) -> bool:
    """Whether the calls of the last hours leave this person no work any more, by the rule of their status."""
    now = Stretch(at, at)
    return any(
        rule.kind == "work_within" and _work_within(rule, now, [], worked(calls)) for rule in rules_of(status)
    )


def joined(stretches: Iterable[Stretch], closer_than: timedelta = timedelta()) -> list[Stretch]:
    """The same time in as few stretches as possible; what lies closer together than this becomes one."""
    found: list[Stretch] = []
    for each in sorted(stretches):
        if found and each.starts_at - found[-1].ends_at <= closer_than:
            found[-1] = Stretch(found[-1].starts_at, max(found[-1].ends_at, each.ends_at))
        else:
            found.append(each)
    return found


def worked(calls: Iterable[Stretch]) -> list[Stretch]:
    """What counts as work: each call at least half an hour, and the time between two that are close."""
    shortest, closer = call_minutes()
    long_enough = [Stretch(call.starts_at, max(call.ends_at, call.starts_at + shortest)) for call in calls]
    return joined(long_enough, closer - timedelta(microseconds=1))


def nights_of(stretch: Stretch) -> set[int]:
    """The nights (00:00 to 06:00 here) that it touches, as numbers of their day."""
    day, nights = local(stretch.starts_at).date(), set()
    while (begin := datetime.combine(day, time(0), AMSTERDAM).astimezone(UTC)) < stretch.ends_at:
        end = datetime.combine(day, NIGHT_ENDS, AMSTERDAM).astimezone(UTC)
        if stretch.within(begin, end):
            nights.add(day.toordinal())
        day += timedelta(days=1)
    return nights


def _free_periods(rule: LawRule, new: Stretch, duties: list[Stretch], work: list[Stretch]) -> bool:
    """Too few free periods in a window that begins when a duty begins, or ends when a duty ends."""
    counted = sorted((*duties, *work)) if rule.numbers.get("counts_work") else duties
    busy = joined(counted)
    window = timedelta(days=rule.numbers["window_days"])
    begins = [each.starts_at for each in counted] + [each.ends_at - window for each in counted]
    near = [begin for begin in begins if begin < new.ends_at and begin + window > new.starts_at]
    period = timedelta(hours=rule.numbers["period_hours"])
    return any(_free_in(busy, begin, begin + window, period) < rule.numbers["at_least"] for begin in near)


def _free_in(busy: list[Stretch], begin: datetime, end: datetime, period: timedelta) -> int:
    """How many whole periods fit between what is busy in this window."""
    free, reached = 0, begin
    for each in busy:
        if each.ends_at > begin and each.starts_at < end:
            free += max(timedelta(), each.starts_at - reached) // period
            reached = max(reached, each.ends_at)
    return free + max(timedelta(), end - reached) // period


def _work_within(rule: LawRule, new: Stretch, _duties: list[Stretch], work: list[Stretch]) -> bool:
    """Just before this duty so much work was done that hardly any may come in it."""
    window = timedelta(hours=rule.numbers["window_hours"])
    before = sum((each.within(new.starts_at - window, new.starts_at) for each in work), timedelta())
    return before >= timedelta(hours=rule.numbers["at_most_hours"])


def _average_work(rule: LawRule, new: Stretch, duties: list[Stretch], work: list[Stretch]) -> bool:
    """Many night duties in the weeks up to the end of this one, and too much work per week."""
    weeks: int = rule.numbers["window_weeks"]
    begin = new.ends_at - timedelta(weeks=weeks)
    nights = set().union(*(nights_of(each) for each in duties if each.within(begin, new.ends_at)))
    done = sum((each.within(begin, new.ends_at) for each in work), timedelta())
    return len(nights) >= rule.numbers["nights"] and done / weeks > timedelta(
        hours=rule.numbers["at_most_hours"]
    )


def _nights(rule: LawRule, new: Stretch, duties: list[Stretch], _work: list[Stretch]) -> bool:
    """Too many nights with too little free time between them; enough free time begins a new row."""
    free = timedelta(hours=rule.numbers["then_free_hours"])
    for row in joined(duties, free - timedelta(microseconds=1)):
        if not row.within(new.starts_at, new.ends_at):
            continue
        inside = [each for each in duties if each.within(row.starts_at, row.ends_at)]
        nights = set().union(*(nights_of(each) for each in inside))
        if _goes_on_after_a_full_row(nights, rule.numbers["at_most"]):
            return True
    return False


def _goes_on_after_a_full_row(nights: set[int], at_most: int) -> bool:
    """Whether as many nights in a row as allowed are followed by another one."""
    return any(
        nights.issuperset(range(last - at_most + 1, last + 1)) and last < max(nights) for last in nights
    )


_CHECKS: dict[str, Callable[[LawRule, Stretch, list[Stretch], list[Stretch]], bool]] = {
    "free_periods": _free_periods,
    "work_within": _work_within,
    "average_work": _average_work,
    "nights": _nights,
}
