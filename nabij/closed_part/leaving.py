"""What must follow when somebody leaves or is shown out: apps above say what, from their hooks."""

from datetime import datetime
from typing import Protocol

from nabij.audit.actor import Actor
from nabij.closed_part.models import Verification


class Follow(Protocol):
    """Something that follows in the same transaction, such as giving seats back or taking posts along."""

    def __call__(self, verification: Verification, *, by: Actor, at: datetime) -> object:
        """Do it for this one person."""


_follows: list[Follow] = []


def follow(what: Follow) -> None:
    """Let this follow (called from hooks)."""
    _follows.append(what)


def tell(verification: Verification, *, by: Actor, at: datetime) -> None:
    """Somebody is no longer in: everything that must follow, now."""
    for what in _follows:
        what(verification, by=by, at=at)
