"""The messages that people inside read: the one place where the closed part asks a centre for its news."""

from datetime import datetime

from nabij.centres.models import AdviceCentre, Readership
from nabij.centres.queries import messages_for
from nabij.centres.queries.shown import ShownMessage


def news_inside(centre: AdviceCentre, language: str, at: datetime) -> list[ShownMessage]:
    """What people inside may read now, the newest first: their own messages, and what is for everybody."""
    return messages_for(centre, Readership.CLOSED, at, language)
