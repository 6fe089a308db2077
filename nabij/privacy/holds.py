"""How long a hold may be placed for, from data/holds.toml, and when its last day is over."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

from nabij.kit import clock
from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "holds.toml"


def longest_day(at: datetime) -> date:
    """The latest last day that may be chosen today; later on the hold can be prolonged."""
    last: date = clock.local(at).date() + relativedelta(months=int(load_toml(_FILE)["longest_months"]))
    return last


def end_of(day: date) -> datetime:
    """The moment on which this day is over in Amsterdam."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.AMSTERDAM)


def last_day(ends_at: datetime) -> date:
    """The last day on which a hold with this end keeps."""
    return clock.local(ends_at - timedelta(seconds=1)).date()
