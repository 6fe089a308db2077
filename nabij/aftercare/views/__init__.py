"""Pages of the aftercare."""

from nabij.aftercare.views.runs import at_incident, change, close, compliance, followed, runs, start, today
from nabij.aftercare.views.showing import board, listed, now, printed
from nabij.aftercare.views.steps import hand, reopen, set_start, skip, step, take
from nabij.aftercare.views.telling import facts, households

__all__ = [
    "at_incident", "board", "change", "close", "compliance", "facts", "followed", "hand", "households",
    "listed", "now", "printed", "reopen", "runs", "set_start", "skip", "start", "step", "take", "today",
]  # fmt: skip
