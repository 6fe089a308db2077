"""Reading the protocols of municipalities, for their pages and for the apps above."""

from nabij.protocols.queries.parties import Party, approvers, parties_of, waiting_for
from nabij.protocols.queries.starting import in_force, plan_for
from nabij.protocols.queries.versions import Line, history_of, organisations_for, overview, versions_for

__all__ = [
    "Line", "Party", "approvers", "history_of", "in_force", "organisations_for", "overview", "parties_of",
    "plan_for", "versions_for", "waiting_for",
]  # fmt: skip
