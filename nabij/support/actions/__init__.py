"""Everything that is done with and for the person of a case."""

from nabij.support.actions.approaching import Dial, dial, send_letter, write_attempt
from nabij.support.actions.closing import close_case, note_quiet_cases, reopen_case
from nabij.support.actions.interpreting import Booking, book_interpreter, cancel_interpreter
from nabij.support.actions.meeting import Meeting, approve_visit, cancel_appointment, plan_appointment
from nabij.support.actions.planning import Change, ChangedMeanwhile, add_item, change_item
from nabij.support.actions.writing import finish_contact, open_notes, save_draft

__all__ = [
    "Booking", "Change", "ChangedMeanwhile", "Dial", "Meeting", "add_item", "approve_visit",
    "book_interpreter", "cancel_appointment", "cancel_interpreter", "change_item", "close_case", "dial",
    "finish_contact", "note_quiet_cases", "open_notes", "plan_appointment", "reopen_case", "save_draft",
    "send_letter", "write_attempt",
]  # fmt: skip
