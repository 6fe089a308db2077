"""The pages of cases, by subject."""

from nabij.cases.views.files import address, assign, case, finish, history, kind, manager, rule, tie
from nabij.cases.views.lists import decisions, mine, move, new, search, team, work
from nabij.cases.views.protection import acknowledge, alert, emergency, level, protection, read, review, step
from nabij.cases.views.referring import decline, refer, sent, update

__all__ = [
    "acknowledge", "address", "alert", "assign", "case", "decisions", "decline", "emergency", "finish",
    "history", "kind", "level", "manager", "mine", "move", "new", "protection", "read", "refer", "review",
    "rule", "search", "sent", "step", "team", "tie", "update", "work",
]  # fmt: skip
