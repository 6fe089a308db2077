"""Commissions, centres, their texts and versions, and what the editors keep beside them."""

from nabij.centres.models.board import TextAnswer
from nabij.centres.models.centres import (
    ALLOWED,
    BASE_LANGUAGES,
    QUESTION,
    AdviceCentre,
    Audience,
    CentreStatus,
    CentreText,
    Commission,
    CommissionKind,
    Language,
    Readership,
    TextVersion,
)

__all__ = [
    "ALLOWED", "BASE_LANGUAGES", "QUESTION", "AdviceCentre", "Audience", "CentreStatus", "CentreText",
    "Commission", "CommissionKind", "Language", "Readership", "TextAnswer",
    "TextVersion",
]  # fmt: skip
