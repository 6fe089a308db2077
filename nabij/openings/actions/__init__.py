"""Everything that can happen to the two hours and the years of a centre."""

from nabij.openings.actions.checking import take_back, tick
from nabij.openings.actions.closing import (
    Proposal,
    announce_closing,
    archive,
    count_visits,
    drop_proposal,
    propose_closing,
)
from nabij.openings.actions.deciding import decide_phase, open_again, start_opening
from nabij.openings.actions.learning import prepare, take_up_lesson, write_lesson
from nabij.openings.actions.seating import appoint, end_seat
from nabij.openings.actions.testing import explain_late_opening, run_test

__all__ = [
    "Proposal", "announce_closing", "appoint", "archive", "count_visits", "decide_phase", "drop_proposal",
    "end_seat", "explain_late_opening", "open_again", "prepare", "propose_closing", "run_test",
    "start_opening", "take_back", "take_up_lesson", "tick", "write_lesson",
]  # fmt: skip
