"""Everything that can happen in advice to municipalities."""

from nabij.advice.actions.calls import Said, log_call
from nabij.advice.actions.contacts import keep_contacts, name_contact, renew_contacts
from nabij.advice.actions.partners import confirm_receipt, take_back_notice, tell_partner
from nabij.advice.actions.questions import Asked, answer_question, ask_advice, remind_late, take_question

__all__ = [
    "Asked", "Said", "answer_question", "ask_advice", "confirm_receipt", "keep_contacts", "log_call",
    "name_contact", "remind_late", "renew_contacts", "take_back_notice", "take_question", "tell_partner",
]  # fmt: skip
