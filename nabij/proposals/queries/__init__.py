"""Reading proposals, and what the solver must know."""

from nabij.proposals.queries.places import Reason, proposals_for, reasons_of, summary_of
from nabij.proposals.queries.situation import Situation, situation_of

__all__ = ["Reason", "Situation", "proposals_for", "reasons_of", "situation_of", "summary_of"]
