"""The pages of helping, by subject."""

from nabij.support.views.approaching import attempt, call, letter, now
from nabij.support.views.planning import add, change, plan
from nabij.support.views.writing import appointments, close, contact, contacts, meet, notes, reopen, settle

__all__ = [
    "add", "appointments", "attempt", "call", "change", "close", "contact", "contacts", "letter", "meet",
    "notes", "now", "plan", "reopen", "settle",
]  # fmt: skip
