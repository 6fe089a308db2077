"""Visits from the log of the web server in front: a moment and a page in each line, and nothing else."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from nabij.kit.clock import AMSTERDAM
from nabij.publish.counting import is_counted

Hours = dict[datetime, dict[str, int]]


def hours_in_log(lines: Iterable[str], day: date | None = None) -> tuple[Hours, int, str]:
    """Counts by hour, how many lines are no visit, and the name of this log: its first line tells it apart.

    With a day all its hours were counted, also those in which nobody came; without one, the hours from the
    first line to the last.
    """
    found: Hours = {hour: {} for hour in _hours_of(day)} if day else {}
    unread, name = 0, f"log-{day.isoformat()}" if day else ""
    for line in lines:
        name = name or f"log-{hashlib.sha256(line.encode()).hexdigest()[:16]}"
        moment, _, path = line.strip().partition(" ")
        hour = _hour(moment)
        if hour is None or not is_counted(path):
            unread += 1
            continue
        pages = found.setdefault(hour, {})
        pages[path] = pages.get(path, 0) + 1
    return _without_gaps(found), unread, name or "log-empty"


def _hour(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (
        None if moment.tzinfo is None else moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    )


def _hours_of(day: date) -> list[datetime]:
    """The hours of a day in Amsterdam: 23 or 25 when the clock changes."""
    start = datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), AMSTERDAM).astimezone(UTC)
    return [start + timedelta(hours=number) for number in range(int((end - start) / timedelta(hours=1)))]


def _without_gaps(found: Hours) -> Hours:
    if not found:
        return found
    first, last = min(found), max(found)
    hours = int((last - first) / timedelta(hours=1)) + 1
    return {hour: found.get(hour, {}) for hour in (first + timedelta(hours=each) for each in range(hours))}
