"""When a button was pressed: now, or earlier where there was no signal."""

from datetime import datetime, timedelta

from nabij.accounts.http import Request
from nabij.on_call.rules import kept_tap_hours

FIELD = "seconden_geleden"


def pressed_at(request: Request, not_before: datetime) -> datetime:
    """The moment of the tap, by how long ago the phone says it was; never before, and never long ago."""
    said = request.POST.get(FIELD, "")
    seconds = int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0
    ago = min(timedelta(seconds=seconds), timedelta(hours=kept_tap_hours()))
    return min(request.at, max(not_before, request.at - ago))
