"""The pages of going from door to door, by subject."""

from nabij.doors.views.asking import ask, asked, asks, withdraw
from nabij.doors.views.pairs import brief, drop, round
from nabij.doors.views.phones import send, standing, worker
from nabij.doors.views.planning import close, new, plan, second
from nabij.doors.views.reading import counts, mine, past
from nabij.doors.views.walking import choose, walk, wish

__all__ = [
    "ask", "asked", "asks", "brief", "choose", "close", "counts", "drop", "mine", "new", "past", "plan",
    "round", "second", "send", "standing", "walk", "wish", "withdraw", "worker",
]  # fmt: skip
