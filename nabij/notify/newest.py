"""The newest answer about contact counts wherever somebody stands: apps above say where else that is."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from nabij.audit.actor import Actor


class Heed(Protocol):
    """What carries the newest answers of a person to where they stand too."""

    def __call__(self, subject_id: UUID, *, by: Actor, at: datetime) -> None:
        """Do it, in the transaction in which they answered."""


_heeds: list[Heed] = []


def heed(newest: Heed) -> None:
    """Let this follow whenever somebody answers (called from hooks)."""
    _heeds.append(newest)


def tell(subject_id: UUID, *, by: Actor, at: datetime) -> None:
    """This person just answered, in this transaction: what they said before no longer counts."""
    for newest in _heeds:
        newest(subject_id, by=by, at=at)
