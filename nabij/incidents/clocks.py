"""The running clocks of an incident; apps above register theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nabij.incidents.models import Incident


@dataclass(frozen=True)
class Clock:
    """Something that must be done by a moment, and when it was."""

    label: str
    started_at: datetime
    due_at: datetime
    done_at: datetime | None = None


ClockSource = Callable[[Incident, datetime], list[Clock]]
_sources: list[ClockSource] = []


def register(source: ClockSource) -> None:
    """Let `source(incident, at)` add its clocks to the incident room (called from an app's hooks)."""
    _sources.append(source)


def clocks_of(incident: Incident, at: datetime) -> list[Clock]:
    """All clocks of this incident: those still running first, by due moment."""
    found = [clock for source in _sources for clock in source(incident, at)]
    return sorted(found, key=lambda each: (each.done_at is not None, each.due_at))
