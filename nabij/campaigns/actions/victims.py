"""Who said yes is reached by victim support; of an arrest the victims hear before the press."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.campaigns.models import Report, Wave
from nabij.campaigns.policies import can_contact, can_lead


@transaction.atomic
def note_contact(report: Report, *, by: Actor, at: datetime) -> Report:
    """Somebody who said yes was reached; said twice it stays as it was.

    ValidationError for who said no: they are left alone.
    """
    held = Report.objects.select_for_update(of=("self",)).select_related("wave").get(pk=report.pk)
    if held.wave is None or not can_contact(by, held.wave, at):
        raise PermissionDenied("Dit meldt Slachtofferhulp.")
    if not held.wants_contact:
        raise ValidationError("Deze persoon wilde geen contact.")
    if held.contacted_at is None:
        held.contacted_at = at
        held.save(update_fields=["contacted_at"])
        trail.record("wave.contacted", by=by, at=at, subject=held, thread_id=held.wave.incident_id)
    return held


@transaction.atomic
def tell_victims(wave: Wave, *, by: Actor, at: datetime) -> Wave:
    """The victims were told of an arrest: from now on the hours run after which the press may hear."""
    held = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied("Dit meldt de gemeente.")
    if held.told_victims_at is None:
        held.told_victims_at = at
        held.save(update_fields=["told_victims_at"])
        trail.record("wave.victims_told", by=by, at=at, subject=held, thread_id=held.incident_id)
    return held
