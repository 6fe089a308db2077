"""The closed part of a centre: who is let in, by which codes, what stands inside, letters to the desk."""

from nabij.closed_part.models.codes import CodeList, CodeSource, EntryCode
from nabij.closed_part.models.inside import (
    ClosedDocument,
    ClosedDocumentContent,
    ClosedMeeting,
    ContactPerson,
    SignUp,
)
from nabij.closed_part.models.letters import DeskMessage, Side
from nabij.closed_part.models.relations import GROUPS, AgeClass, Relation
from nabij.closed_part.models.verifying import ALLOWED, Verification, VerificationState, Way

__all__ = [
    "ALLOWED", "GROUPS", "AgeClass", "ClosedDocument", "ClosedDocumentContent", "ClosedMeeting", "CodeList",
    "CodeSource", "ContactPerson", "DeskMessage", "EntryCode", "Relation", "Side", "SignUp", "Verification",
    "VerificationState", "Way",
]  # fmt: skip
