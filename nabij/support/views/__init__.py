"""The pages of helping, by subject."""

from nabij.support.views.approaching import attempt, call, letter, now
from nabij.support.views.meeting import appointments, interpreter, meet, settle
from nabij.support.views.planning import add, change, plan
from nabij.support.views.writing import close, contact, contacts, notes, reopen

__all__ = [
    "add", "appointments", "attempt", "call", "change", "close", "contact", "contacts", "interpreter",
    "letter", "meet", "notes", "now", "plan", "reopen", "settle",
]  # fmt: skip
