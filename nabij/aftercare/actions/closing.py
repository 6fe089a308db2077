"""A run ends."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.aftercare.actions.holding import held_run, tell
from nabij.aftercare.models import Run, StepState
from nabij.aftercare.policies import can_lead
from nabij.audit.actor import Actor


@transaction.atomic
def close_run(run: Run, reason: str = "", *, by: Actor, at: datetime) -> Run:
    """The aftercare is over; while a step stands open only with a reason. Closed twice is once."""
    held = held_run(run.pk)
    if not held.is_open:
        return held
    if not can_lead(by, held, at):
        raise PermissionDenied("U kunt deze nazorg niet afsluiten.")
    undone = held.steps.filter(state=StepState.OPEN).count()
    if undone and not reason.strip():
        raise ValidationError({"reason": "Er zijn nog stappen te doen. Schrijf waarom u toch afsluit."})
    held.closed_at, held.closed_by, held.close_reason = at, by.id, reason.strip()
    held.save(update_fields=["closed_at", "closed_by", "close_reason"])
    tell("aftercare.closed", held, by=by, at=at, undone=undone)
    return held
