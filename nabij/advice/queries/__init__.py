"""Reading contacts, partners told, questions and calls."""

from nabij.advice.queries.calls import call_for, calls_for, first_values, months_of
from nabij.advice.queries.contacts import (
    ContactLine,
    candidates_for,
    contacts_at,
    contacts_of,
    district_of,
    former_contacts,
)
from nabij.advice.queries.partners import NoticeLine, notices_at
from nabij.advice.queries.questions import (
    Note,
    incidents_to_name,
    is_of_a_colleague,
    leaders_of,
    note_of,
    open_questions,
    questions_for,
)

__all__ = [
    "ContactLine", "Note", "NoticeLine", "call_for", "calls_for", "candidates_for", "contacts_at",
    "contacts_of", "district_of", "first_values", "former_contacts", "incidents_to_name",
    "is_of_a_colleague", "leaders_of", "months_of", "note_of", "notices_at", "open_questions",
    "questions_for",
]  # fmt: skip
