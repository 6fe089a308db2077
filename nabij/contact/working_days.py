"""Working days: Monday to Friday, without the closing days of the line."""

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from nabij.contact.hours import opening_hours
from nabij.kit.clock import AMSTERDAM, local
from nabij.kit.content import load_toml

FRIDAY = 5
_FILE = Path(__file__).parent / "data" / "working_days.toml"


@cache
def end_of_day() -> time:
    """When a working day ends on the clock of Amsterdam: a thing due that day is due then."""
    ends: time = load_toml(_FILE)["ends"]
    return ends


def is_working_day(day: date) -> bool:
    """Monday to Friday, unless the line stays closed."""
    return day.isoweekday() <= FRIDAY and day not in opening_hours().closing_days


def from_day_on(day: date) -> date:
    """This day when people work, otherwise the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_after(at: datetime, number: int) -> datetime:
    """The end of the `number`th working day after the day of this moment."""
    day = local(at).date()
    for _ in range(number):
        day = from_day_on(day + timedelta(days=1))
    return ends_on(day)


def ends_on(day: date) -> datetime:
    """The moment at which this day's work ends."""
    return datetime.combine(day, end_of_day(), AMSTERDAM)
