"""Who may read a colleague's notes, and who says that a risky visit may take place."""

from datetime import datetime

from nabij.audit.actor import Actor
from nabij.cases.policies import can_lead
from nabij.support.models import Appointment, Contact


def can_read_notes(actor: Actor, contact: Contact, at: datetime) -> bool:
    """One's own notes; a colleague's only after a reason was given (see `open_notes`)."""
    return contact.author_id == actor.id


def can_approve_visit(actor: Actor, appointment: Appointment, at: datetime) -> bool:
    """The team leader, and never one's own visit."""
    own = {appointment.membership_id, appointment.second_id}
    return can_lead(actor, appointment.case, at) and actor.id not in own
