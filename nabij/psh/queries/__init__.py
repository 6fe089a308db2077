"""Reading requests for staff, and what the core team keeps."""

from nabij.psh.queries.core_team import (
    CoreTeam,
    advice_for,
    advice_lines,
    core_team_of,
    last_plan,
    last_shelter,
    shelter_opened_at,
)
from nabij.psh.queries.staff import (
    Candidate,
    Supply,
    candidates_for,
    lacking_for,
    offers_of_me,
    requests_for,
    supply_of,
)

__all__ = [
    "Candidate", "CoreTeam", "Supply", "advice_for", "advice_lines", "candidates_for", "core_team_of",
    "lacking_for", "last_plan", "last_shelter", "offers_of_me", "requests_for", "shelter_opened_at",
    "supply_of",
]  # fmt: skip
