"""The pages of the two hours and the years of a centre, by subject."""

from nabij.openings.views.boards import board, end_seat
from nabij.openings.views.checklists import (
    at_centre,
    checklist,
    explain,
    mine,
    panel,
    start,
    take_back,
    test,
    tick,
)
from nabij.openings.views.closings import announce, archive, closing, drop, visits
from nabij.openings.views.figures import figures, figures_csv, take_up
from nabij.openings.views.phases import open_again, phase
from nabij.openings.views.readiness import prepare, readiness

__all__ = [
    "announce", "archive", "at_centre", "board", "checklist", "closing", "drop", "end_seat", "explain",
    "figures", "figures_csv", "mine", "open_again", "panel", "phase", "prepare", "readiness", "start",
    "take_back", "take_up", "test", "tick", "visits",
]  # fmt: skip
