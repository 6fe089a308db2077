"""What must follow when somebody leaves or is shown out: apps and pages above say what, from their hooks."""

from collections.abc import Callable
from datetime import datetime

from nabij.closed_part.models import Verification

Follow = Callable[[Verification, datetime], None]

_follows: list[Follow] = []


def follow(what: Follow) -> None:
    """Let this happen in the same transaction, such as taking posts along (called from hooks)."""
    _follows.append(what)


def tell(verification: Verification, at: datetime) -> None:
    """Somebody is no longer in: everything that must follow, now."""
    for what in _follows:
        what(verification, at)
