"""When a step is due: local clock for days and longer, exact for hours; a window moves a night back."""

import re
from datetime import UTC, date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from nabij.contact.working_days import from_day_on, working_days_after
from nabij.kit.clock import AMSTERDAM, local
from nabij.protocols.plan import Due

_HOURS = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?")
_DAYS = re.compile(r"P(\d+)([YMWD])")
_UNITS = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}
_MOST = 400  # repeats of one step: daily for more than a year is a mistake


def due_moments(due: Due, start: datetime) -> list[datetime]:
    """Every moment at which this step is due, the first one first; `start` is where it counts from."""
    raw = {after(due.offset, start), *(after(each, start) for each in due.also)}
    if due.every and due.until:
        raw |= _repeats(due, start)
    return sorted({_permitted(_on_its_day(due, each), due, start) for each in raw})


def first_sense(due: Due, start: datetime) -> datetime | None:
    """Before this moment the step makes no sense; None when it always does."""
    return after(due.not_before, start) if due.not_before else None


def after(offset: str, start: datetime) -> datetime:
    """The moment this long after the start: hours exactly, days and longer on the clock of Amsterdam."""
    hours = _HOURS.fullmatch(offset)
    if hours:
        span = timedelta(hours=int(hours[1] or 0), minutes=int(hours[2] or 0))
        return start.astimezone(UTC) + span
    days = _DAYS.fullmatch(offset)
    if not days:
        raise ValueError(f"not an offset: {offset}")
    return _moved(start, **{_UNITS[days[2]]: int(days[1])})


def _moved(start: datetime, **span: int) -> datetime:
    """The same clock time on another day; an hour that the spring skips becomes an hour later."""
    there: datetime = local(start).replace(tzinfo=None, fold=0) + relativedelta(**span)
    return there.replace(tzinfo=AMSTERDAM).astimezone(UTC)


def _repeats(due: Due, start: datetime) -> set[datetime]:
    """The repeats up to and including the last day; each counts from the first, so month ends stay whole."""
    hours, days = _HOURS.fullmatch(due.every or ""), _DAYS.fullmatch(due.every or "")
    first, last = after(due.offset, start), after(due.until or "", start)
    found: set[datetime] = set()
    for number in range(1, _MOST):
        if hours:
            step = timedelta(hours=int(hours[1] or 0), minutes=int(hours[2] or 0))
            moment = first + number * step
        elif days:
            moment = _moved(first, **{_UNITS[days[2]]: number * int(days[1])})
        else:
            raise ValueError(f"not an offset: {due.every}")
        if moment > last:
            break
        found.add(moment)
    return found


def _on_its_day(due: Due, moment: datetime) -> datetime:
    """Working days counted, a day off moved forward, and the fixed time of that day."""
    if due.working_days:
        moment = working_days_after(moment, due.working_days)
    here = local(moment)
    day, clock = here.date(), here.time()
    if due.on == "working_day":
        day = from_day_on(day)
    if day == here.date() and due.at is None:
        return moment
    return _at(day, due.at or clock)


def _permitted(moment: datetime, due: Due, start: datetime) -> datetime:
    """The last permitted moment not after this one; never before the start: then the first one after it."""
    if due.window is None:
        return moment
    opens, closes = (time.fromisoformat(part) for part in due.window.split("-"))
    here = local(moment)
    if opens <= here.time() <= closes:
        return moment
    if due.on == "working_day":
        # the day was chosen with care: only the hour moves
        return _at(here.date(), opens if here.time() < opens else closes)
    day = here.date() if here.time() > closes else here.date() - timedelta(days=1)
    back = _at(day, closes)
    return back if back >= start else _first_permitted(start, opens, closes)


def _first_permitted(start: datetime, opens: time, closes: time) -> datetime:
    """The first moment inside the window at or after the start."""
    here = local(start)
    if here.time() < opens:
        return _at(here.date(), opens)
    if here.time() <= closes:
        return start.astimezone(UTC)
    return _at(here.date() + timedelta(days=1), opens)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), AMSTERDAM).astimezone(UTC)
