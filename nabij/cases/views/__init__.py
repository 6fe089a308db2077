"""The pages of cases, by subject."""

from nabij.cases.views.files import address, assign, case, finish, history, kind, manager, reach, rule, tie
from nabij.cases.views.lists import decisions, mine, move, new, search, team, work
from nabij.cases.views.protection import acknowledge, alert, emergency, level, protection, read, review, step

__all__ = [
    "acknowledge", "address", "alert", "assign", "case", "decisions", "emergency", "finish", "history",
    "kind", "level", "manager", "mine", "move", "new", "protection", "reach", "read", "review", "rule",
    "search", "step", "team", "tie", "work",
]  # fmt: skip
