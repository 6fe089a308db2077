"""Somebody tells what is so, and steps that depended on it open or fall away."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.aftercare.actions.holding import held_run, tell
from nabij.aftercare.actions.refreshing import refresh
from nabij.aftercare.models import Run, RunFact
from nabij.aftercare.plans import Value
from nabij.aftercare.policies import can_work
from nabij.aftercare.queries.asking import facts_to_tell
from nabij.audit.actor import Actor


@transaction.atomic
def tell_fact(run: Run, name: str, value: Value, *, by: Actor, at: datetime) -> RunFact:
    """Write what is so; told again, the last one counts. ValidationError for what no step asks."""
    held = held_run(run.pk)
    if not can_work(by, held, at):
        raise PermissionDenied("U kunt hier niets vertellen.")
    if name not in facts_to_tell(held):
        raise ValidationError("Geen enkele stap vraagt dit.")
    told = {"value": value, "told_at": at, "told_by": by.id}
    fact, _is_new = RunFact.objects.update_or_create(run=held, name=name, defaults=told)
    tell("aftercare.told", held, by=by, at=at, fact=name)
    refresh(held, at=at)
    return fact
