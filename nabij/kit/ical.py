"""A calendar file: local times with their zone, and identities that stay when a moment moves."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from nabij.kit.clock import local


def calendar(refreshed_each: timedelta | None = None) -> Calendar:
    """An empty calendar; with a time in which a phone that reads a link looks again."""
    made = Calendar()
    made.add("prodid", "-//Nabij//agenda//NL")
    made.add("version", "2.0")
    if refreshed_each is not None:
        made.add("refresh-interval", refreshed_each, parameters={"VALUE": "DURATION"})
    return made


def event(uid: UUID, starts_at: datetime, ends_at: datetime, text: str, at: datetime) -> Event:
    """One moment; its identity stays the same when it changes, so that a phone moves it."""
    made = Event()
    made.add("uid", f"{uid}@nabij")
    made.add("dtstamp", at)
    made.add("dtstart", _as_written(starts_at))
    made.add("dtend", _as_written(ends_at))
    made.add("summary", text)
    return made


def written(filled: Calendar) -> bytes:
    """The file, with the zones it uses."""
    filled.add_missing_timezones()
    text: bytes = filled.to_ical()
    return text


def _as_written(moment: datetime) -> datetime:
    """In local time with its zone; in the hour that comes twice, where that is not exact, in UTC."""
    here = local(moment)
    is_doubled = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    return moment.astimezone(UTC) if is_doubled else here
