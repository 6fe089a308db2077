"""The pages of incidents."""

from nabij.incidents.views.changing import close, facts, grip, reopen, repeat, unlink
from nabij.incidents.views.notes import erase, note
from nabij.incidents.views.overview import overview
from nabij.incidents.views.requests import answer, confirm, merge, move, move_back, resume, unmerge, withdraw
from nabij.incidents.views.room import changed, live, room

__all__ = [
    "answer", "changed", "close", "confirm", "erase", "facts", "grip", "live", "merge", "move", "move_back",
    "note", "overview", "reopen", "repeat", "resume", "room", "unlink", "unmerge", "withdraw",
]  # fmt: skip
