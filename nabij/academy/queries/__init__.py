"""Reading who learned what, and what they may therefore do."""

from nabij.academy.queries.fitness import fitness_of, may_do, proofs_of
from nabij.academy.queries.sessions import (
    coming_sessions_for,
    enrolments_of,
    led_sessions_for,
    own_enrolments,
    session_for,
)
from nabij.academy.queries.staff import (
    CertificateLine,
    Learning,
    Standing,
    by_need,
    certificate_for,
    drills_left,
    learning_of,
    learnings_of,
    needed_reminders,
    staff_for,
    standing_on,
)
from nabij.academy.queries.volunteers import mentors_for, teams_for, volunteers_for

__all__ = [
    "CertificateLine", "Learning", "Standing", "by_need", "certificate_for", "coming_sessions_for",
    "drills_left", "enrolments_of", "fitness_of", "learning_of", "learnings_of", "led_sessions_for",
    "may_do", "mentors_for", "needed_reminders", "own_enrolments", "proofs_of", "session_for",
    "staff_for", "standing_on", "teams_for", "volunteers_for",
]  # fmt: skip
