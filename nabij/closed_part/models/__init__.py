"""The door of a closed part: who is let in, as what, and by which codes."""

from nabij.closed_part.models.codes import CodeList, CodeSource, EntryCode
from nabij.closed_part.models.relations import GROUPS, AgeClass, Relation
from nabij.closed_part.models.verifying import ALLOWED, Verification, VerificationState, Way

__all__ = [
    "ALLOWED", "GROUPS", "AgeClass", "CodeList", "CodeSource", "EntryCode", "Relation", "Verification",
    "VerificationState", "Way",
]  # fmt: skip
