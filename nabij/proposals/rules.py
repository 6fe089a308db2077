"""What a proposed roster keeps to; content, in data/proposals.toml."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nabij.kit.clock import local
from nabij.kit.content import load_toml
from nabij.working_time.rules import Stretch

_FILE = Path(__file__).parent / "data" / "proposals.toml"


def norms() -> dict[str, Any]:
    """The numbers as written."""
    return load_toml(_FILE)


def costs() -> dict[str, int]:
    """What each thing that is less good costs."""
    found: dict[str, int] = load_toml(_FILE)["cost"]
    return found


def norms_broken(new: Stretch, others: Iterable[Stretch]) -> list[str]:
    """Which of these norms, stricter than the law, `new` would break beside the other duties, in words."""
    numbers, listed = norms(), list(others)
    rest = timedelta(hours=numbers["rest_hours"])
    days = {local(each.starts_at).date() for each in listed}
    day = local(new.starts_at).date()
    row = _row_with(day, days)
    window = [day - timedelta(days=number) for number in range(numbers["window_days"])]
    crowded = any(
        sum(first <= other < first + timedelta(days=numbers["window_days"]) for other in days)
        >= numbers["most_in_window"]
        for first in window
    )
    found = {
        _("minder dan %(number)s uur rust") % {"number": numbers["rest_hours"]}: any(
            each.within(new.starts_at - rest, new.ends_at + rest) for each in listed
        ),
        _("meer dan %(number)s dagen achter elkaar") % {"number": numbers["most_in_a_row"]}: (
            row > numbers["most_in_a_row"]
        ),
        _("al %(number)s diensten in vier weken") % {"number": numbers["most_in_window"]}: crowded,
        _("geen twee vrije dagen in die week"): not _has_free_pair(day, days),
    }
    return [text for text, is_broken in found.items() if is_broken]


def _row_with(day: date, days: set[date]) -> int:
    """How long the row of days is of which this one becomes part."""
    length, one = 1, timedelta(days=1)
    for step in (one, -one):
        other = day + step
        while other in days:
            length, other = length + 1, other + step
    return length


def _has_free_pair(day: date, days: set[date]) -> bool:
    """Whether its week keeps three days on end without a shift: 48 free hours, also after a night."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=number) not in days | {day} for number in range(7)]
    return any(all(week[first : first + 3]) for first in range(5))
