"""The newest answer about contact counts wherever somebody stands: apps above say where else that is."""

from collections.abc import Callable
from uuid import UUID

_heeds: list[Callable[[UUID], None]] = []


def heed(newest: Callable[[UUID], None]) -> None:
    """Let an app above carry the newest answers of this person to where they stand too (from hooks)."""
    _heeds.append(newest)


def tell(subject_id: UUID) -> None:
    """This person just answered, in this transaction: what they said before no longer counts."""
    for newest in _heeds:
        newest(subject_id)
