"""The pages of advice, by subject."""

from nabij.advice.views.contacts import at_district, at_incident, name_contact, renew
from nabij.advice.views.line import call, line, log
from nabij.advice.views.partners import partners, partners_at, receive, take_back
from nabij.advice.views.questions import ask, question, questions, take, waiting

__all__ = [
    "ask", "at_district", "at_incident", "call", "line", "log", "name_contact", "partners", "partners_at",
    "question", "questions", "receive", "renew", "take", "take_back", "waiting",
]  # fmt: skip
