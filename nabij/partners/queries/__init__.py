"""Reading partners: who they are, whom to call now, and what asks for attention."""

from nabij.partners.queries.attention import Attention, attention_for, reasons_of
from nabij.partners.queries.boards import BoardLine, board_of, region_of, told_now
from nabij.partners.queries.reaching import Number, number_now, numbers_at
from nabij.partners.queries.standing import (
    PartnerLine,
    agreements_for,
    agreements_of,
    candidates_for,
    line_of,
    lines_for,
    meetings_of,
    partners_for,
    places_in,
    regions_for,
)

__all__ = [
    "Attention", "BoardLine", "Number", "PartnerLine", "agreements_for", "agreements_of", "attention_for",
    "board_of", "candidates_for", "line_of", "lines_for", "meetings_of", "number_now", "numbers_at",
    "partners_for", "places_in", "reasons_of", "region_of", "regions_for", "told_now",
]  # fmt: skip
