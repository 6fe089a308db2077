"""What stands in the closed part, who comes to its meetings, and letters to the desk."""

from nabij.closed_rooms.models.inside import (
    ClosedDocument,
    ClosedDocumentContent,
    ClosedMeeting,
    ContactPerson,
    SignUp,
)
from nabij.closed_rooms.models.letters import DeskMessage, Side

__all__ = [
    "ClosedDocument", "ClosedDocumentContent", "ClosedMeeting", "ContactPerson", "DeskMessage", "Side",
    "SignUp",
]  # fmt: skip
