"""Everything that can happen to incidents and requests for help."""

from nabij.incidents.actions.arranging import (
    answer_request,
    merge_requests,
    move_request,
    reopen_request,
    undo_merge,
    undo_move,
    withdraw_request,
)
from nabij.incidents.actions.confirming import confirm_request
from nabij.incidents.actions.facts import change_facts, set_grip
from nabij.incidents.actions.notes import erase_note, write_note
from nabij.incidents.actions.repeats import link_earlier, unlink_earlier
from nabij.incidents.actions.reporting import report_incident
from nabij.incidents.actions.status import activate_incident, close_incident, reopen_incident

__all__ = [
    "activate_incident", "answer_request", "change_facts", "close_incident", "confirm_request", "erase_note",
    "link_earlier", "merge_requests", "move_request", "reopen_incident", "reopen_request", "report_incident",
    "set_grip", "undo_merge", "undo_move", "unlink_earlier", "withdraw_request", "write_note",
]  # fmt: skip
