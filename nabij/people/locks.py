"""Who needs more than a code to come in: apps above say of whom, so that a stolen phone opens nothing."""

from collections.abc import Callable
from uuid import UUID

_locks: list[Callable[[UUID], bool]] = []


def require(lock: Callable[[UUID], bool]) -> None:
    """Add a reason for which somebody needs an own key besides the code (called from hooks)."""
    _locks.append(lock)


def is_locked(person_id: UUID) -> bool:
    """Whether a code alone does not open this person's pages."""
    return any(lock(person_id) for lock in _locks)
