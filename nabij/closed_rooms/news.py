"""The messages that people inside read: the one place where the closed part asks a centre for its news."""

from datetime import datetime
from typing import Any

from nabij.centres.models import AdviceCentre
from nabij.centres.pages import shown_messages
from nabij.centres.queries import text_states


def news_inside(centre: AdviceCentre, language: str, at: datetime) -> list[Any]:
    """The approved messages in this language, the newest first."""
    return shown_messages(text_states(centre), language)
