"""The pages of the academy."""

from nabij.academy.views.importing import bring_in
from nabij.academy.views.learning import enrol, learning, leave, reminder
from nabij.academy.views.sessions import cancel, plan, session
from nabij.academy.views.team import conduct, person, team, withdraw
from nabij.academy.views.volunteers import apply, step, volunteer, volunteers

__all__ = [
    "apply", "bring_in", "cancel", "conduct", "enrol", "learning", "leave", "person", "plan", "reminder",
    "session", "step", "team", "volunteer", "volunteers", "withdraw",
]  # fmt: skip
