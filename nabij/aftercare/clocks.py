"""Which moment it is at an event: now, or what the clock of an exercise says."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from nabij.incidents.models import Incident

Clock = Callable[[UUID, datetime], datetime]
_clocks: list[Clock] = []


def register(clock: Clock) -> None:
    """Let an app above say which moment it is at an event (called from its hooks)."""
    _clocks.append(clock)


def moment_at(incident: Incident, at: datetime) -> datetime:
    """The moment it is at this event when the real clock says `at`; of what really happened that is `at`."""
    for clock in _clocks if incident.is_exercise else ():
        at = clock(incident.pk, at)
    return at
