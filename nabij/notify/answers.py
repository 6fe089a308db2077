"""What somebody answered on the phone: notify hears it, an app above knows what it means."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Callback = Callable[[UUID, str, datetime], None]
_callbacks: list[Callback] = []


def register(callback: Callback) -> None:
    """Let this function hear (message id, key pressed, moment), inside the transaction of the report."""
    _callbacks.append(callback)


def heard(message_id: UUID, answer: str, at: datetime) -> None:
    """Tell every listener which key was pressed."""
    for callback in _callbacks:
        callback(message_id, answer, at)
