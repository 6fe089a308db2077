"""Reading people: counts for who works on an incident, names only for whom a grant opens them."""

from nabij.people.queries.own import (
    Look,
    asked_code,
    consents_now,
    is_known,
    looks_at,
    own_answers,
    own_registration,
    persons_with,
)
from nabij.people.queries.registrations import (
    Counts,
    Line,
    Shown,
    counts_by_incident,
    held_for,
    lines_of,
    list_of,
    registration_counts,
    registrations_for,
    shown_of,
)

__all__ = [
    "Counts", "Line", "Look", "Shown", "asked_code", "consents_now", "counts_by_incident", "held_for",
    "is_known", "lines_of", "list_of", "looks_at", "own_answers", "own_registration", "persons_with",
    "registration_counts", "registrations_for", "shown_of",
]  # fmt: skip
