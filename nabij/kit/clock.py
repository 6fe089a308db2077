"""The one clock: database time, plus a shift that tests and drills may set."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, connection

from nabij.kit.models import ClockShift

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_NOW = "SELECT clock_timestamp() + COALESCE((SELECT shift FROM kit_clockshift WHERE id = 1), interval '0')"


def now() -> datetime:
    """The present moment in UTC, by the database clock so that all machines agree."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW if settings.ENV.movable_clock else "SELECT clock_timestamp()")
        moment = cursor.fetchone()[0]
    return moment.astimezone(UTC)  # type: ignore[no-any-return]  # cursors are untyped


def now_without_fail() -> datetime:
    """The present moment for pages that must work while the database is away: then this machine's clock."""
    try:
        return now()
    except DatabaseError:
        return datetime.now(UTC)


def move_to(moment: datetime) -> None:
    """Let Nabij's clock run on from `moment`; refused where the clock is not movable (production)."""
    if not settings.ENV.movable_clock:
        raise RuntimeError("The clock of this installation cannot be moved.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        shift: timedelta = moment - cursor.fetchone()[0]
    ClockShift.objects.update_or_create(id=1, defaults={"shift": shift})


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Amsterdam."""
    return moment.astimezone(AMSTERDAM)
