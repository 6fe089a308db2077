"""What somebody answered on the phone: notify hears it, an app above knows what it means."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from nabij.audit.actor import Actor


class Callback(Protocol):
    """What listens: it is told the message, the key that was pressed, by whose word and when."""

    def __call__(self, message_id: UUID, answer: str, *, by: Actor, at: datetime) -> None:
        """Do what this key means."""


_callbacks: list[Callback] = []


def register(callback: Callback) -> None:
    """Let this function hear which key was pressed, inside the transaction of the report."""
    _callbacks.append(callback)


def heard(message_id: UUID, answer: str, *, by: Actor, at: datetime) -> None:
    """Tell every listener which key was pressed."""
    for callback in _callbacks:
        callback(message_id, answer, by=by, at=at)
