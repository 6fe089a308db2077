"""The pages of the GGD and the core team, by subject."""

from nabij.psh.views.core_team import core_team, decide, write
from nabij.psh.views.staff import answer, ask, at_incident, mine, request, requests, withdraw

__all__ = [
    "answer", "ask", "at_incident", "core_team", "decide", "mine", "request", "requests", "withdraw", "write",
]  # fmt: skip
