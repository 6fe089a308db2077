"""Taking an incident in hand, closing it, and taking the closing back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.actions.locking import locked_incident
from nabij.incidents.models import ALLOWED, Incident, Status
from nabij.incidents.policies import can_activate, can_close, can_reopen
from nabij.incidents.refusals import Refused


@transaction.atomic
def activate_incident(incident: Incident, *, by: Actor, at: datetime) -> bool:
    """Say that somebody took the reported incident in hand; False when it was in hand or closed already."""
    held = locked_incident(incident.pk)
    if not can_activate(by, held, at):
        raise PermissionDenied("U kunt deze gebeurtenis niet in behandeling nemen.")
    if held.status != Status.REPORTED:
        return False
    held.status = incident.status = Status.ACTIVE
    held.save(update_fields=["status"])
    trail.record("incident.activated", by=by, at=at, subject=held, thread_id=held.pk)
    return True


@transaction.atomic
def close_incident(incident: Incident, *, by: Actor, at: datetime) -> Incident:
    """Close the incident; its aftercare goes on in the apps that own it.

    Raises Refused when it is closed already.
    """
    held = locked_incident(incident.pk)
    if Status.CLOSED not in ALLOWED[held.status]:
        raise Refused("Deze gebeurtenis is al afgesloten.")
    if not can_close(by, held, at):
        raise PermissionDenied("U kunt deze gebeurtenis niet afsluiten.")
    held.status, held.closed_at, held.closed_by_id = Status.CLOSED, at, by.id
    held.save(update_fields=["status", "closed_at", "closed_by"])
    trail.record("incident.closed", by=by, at=at, subject=held, thread_id=held.pk)
    return held


@transaction.atomic
def reopen_incident(incident: Incident, *, by: Actor, at: datetime) -> Incident:
    """Take the closing back. Raises Refused when the incident is open already."""
    held = locked_incident(incident.pk)
    if held.is_open:
        raise Refused("Deze gebeurtenis is al (weer) open.")
    if not can_reopen(by, held, at):
        raise PermissionDenied("U kunt deze gebeurtenis niet heropenen.")
    held.status, held.closed_at, held.closed_by_id = Status.ACTIVE, None, None
    held.save(update_fields=["status", "closed_at", "closed_by"])
    trail.record("incident.reopened", by=by, at=at, subject=held, thread_id=held.pk)
    return held
