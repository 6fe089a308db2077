"""Reading partners: who they are, whom to call now, and what asks for attention."""

from nabij.partners.queries.attention import Attention, attention_for, reasons_of
from nabij.partners.queries.reaching import Number, number_now, numbers_at
from nabij.partners.queries.standing import (
    PartnerLine,
    agreements_of,
    candidates_for,
    line_of,
    lines_for,
    meetings_of,
    partners_for,
    regions_for,
)

__all__ = [
    "Attention", "Number", "PartnerLine", "agreements_of", "attention_for", "candidates_for", "line_of",
    "lines_for", "meetings_of", "number_now", "numbers_at", "partners_for", "reasons_of", "regions_for",
]  # fmt: skip
