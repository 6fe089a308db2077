"""Everything that can happen to a page."""

from nabij.paging.actions.answering import (
    Outcome,
    accept,
    accept_for,
    answer_by_phone,
    decline,
    drop_need,
    give_reason,
)
from nabij.paging.actions.auditing import audit_pages
from nabij.paging.actions.closing import stand_down
from nabij.paging.actions.hurrying import ask_next_now
from nabij.paging.actions.starting import start_page
from nabij.paging.actions.stepping import take_step
from nabij.paging.actions.telling import tell_all
from nabij.paging.actions.writing import give_up_ladder, write_ladder

__all__ = [
    "Outcome", "accept", "accept_for", "answer_by_phone", "ask_next_now", "audit_pages", "decline",
    "drop_need", "give_reason", "give_up_ladder", "stand_down", "start_page", "take_step", "tell_all",
    "write_ladder",
]  # fmt: skip
