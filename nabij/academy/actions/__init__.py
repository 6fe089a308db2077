"""Everything that can happen to certificates, sessions and volunteers."""

from nabij.academy.actions.certificates import remind_of_endings, see_conduct, withdraw_certificate
from nabij.academy.actions.importing import import_certificates
from nabij.academy.actions.sessions import assess, cancel_session, enrol, leave_session, plan_session
from nabij.academy.actions.volunteers import (
    accept_volunteer,
    apply_as_volunteer,
    give_mentor,
    make_active,
    say_goodbye,
    see_conduct_of,
    take_break,
)

__all__ = [
    "accept_volunteer", "apply_as_volunteer", "assess", "cancel_session", "enrol", "give_mentor",
    "import_certificates", "leave_session", "make_active", "plan_session", "remind_of_endings", "say_goodbye",
    "see_conduct", "see_conduct_of", "take_break", "withdraw_certificate",
]  # fmt: skip
