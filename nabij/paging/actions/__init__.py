"""Everything that can happen to a page."""

from nabij.paging.actions.answering import Outcome, accept, accept_for, answer_by_phone, decline
from nabij.paging.actions.closing import stand_down
from nabij.paging.actions.starting import start_page
from nabij.paging.actions.stepping import take_step
from nabij.paging.actions.telling import tell_all

__all__ = [
    "Outcome",
    "accept",
    "accept_for",
    "answer_by_phone",
    "decline",
    "stand_down",
    "start_page",
    "take_step",
    "tell_all",
]
