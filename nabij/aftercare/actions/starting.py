"""A run begins: by itself when the municipality has a protocol in force, otherwise by hand."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Municipality
from nabij.aftercare.actions.holding import held_run, tell
from nabij.aftercare.actions.households import carry_contacts
from nabij.aftercare.actions.refreshing import refresh
from nabij.aftercare.clocks import moment_at
from nabij.aftercare.models import Run
from nabij.aftercare.policies import can_lead, can_start
from nabij.aftercare.queries.choosing import Chosen, plan_for_event
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident


@transaction.atomic
def start_run(
    incident: Incident, municipality: Municipality, chosen: Chosen, *, by: Actor, at: datetime
) -> Run:
    """Start this plan for the event; started twice it is the run that is already open.

    Moments count from the event itself, also when the run starts later. Source: protocols chapter 0.
    """
    held = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if not can_start(by, held, municipality.pk, at):
        raise PermissionDenied("Voor deze gebeurtenis kunt u geen nazorg starten.")
    if not held.municipalities.filter(pk=municipality.pk).exists():
        raise ValidationError("Deze gemeente hoort niet bij deze gebeurtenis.")
    code = chosen.plan.code
    open_now = Run.objects.filter(incident=held, municipality=municipality, closed_at__isnull=True)
    running = open_now.filter(code=code).first()
    if running is not None:
        return running
    run = Run.objects.create(
        incident=held, municipality=municipality, code=code, version=chosen.version,
        version_number=chosen.version_number, plan=chosen.plan.model_dump(mode="json"),
        trigger_at=held.happened_at, started_at=at, started_by=by.id,
    )  # fmt: skip
    carry_contacts(run, at=at)
    refresh(run, at=at)
    tell("aftercare.started", run, by=by, at=at, version=chosen.version_number)
    return run


@transaction.atomic
def change_protocol(run: Run, chosen: Chosen, *, by: Actor, at: datetime) -> Run:
    """Go on with another protocol; what was done stays readable, and contact persons go along.

    ValidationError when it is the same protocol.
    """
    held = held_run(run.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied("U kunt dit protocol niet veranderen.")
    if chosen.plan.code == held.code:
        raise ValidationError("Dit protocol loopt al.")
    new = start_run(held.incident, held.municipality, chosen, by=by, at=at)
    taken = set(new.households.values_list("label", flat=True))
    held.households.exclude(label__in=taken).update(run=new)
    for fact in held.facts.exclude(name__startswith="start:"):
        new.facts.get_or_create(
            name=fact.name, defaults={"value": fact.value, "told_at": fact.told_at, "told_by": fact.told_by}
        )
    held.closed_at, held.closed_by, held.replaced_by = at, by.id, new
    held.save(update_fields=["closed_at", "closed_by", "replaced_by"])
    refresh(new, at=at)
    tell("aftercare.changed", held, by=by, at=at, new=new.code)
    return new


def follow_incident(incident: Incident, *, by: Actor, at: datetime) -> None:
    """An event was reported or its facts changed: start what is in force, count again what runs.

    Another protocol than the one that runs is only offered: a person decides.
    """
    at = moment_at(incident, at)
    for municipality in incident.municipalities.all():
        runs = Run.objects.filter(incident=incident, municipality=municipality)
        if runs.exists():
            for run in runs.filter(closed_at__isnull=True):
                _count_again(run, at)
        elif incident.is_open:
            chosen = plan_for_event(incident, municipality)
            if chosen.version is not None:
                start_run(incident, municipality, chosen, by=by, at=at)


@transaction.atomic
def _count_again(run: Run, at: datetime) -> None:
    held = held_run(run.pk)
    if held.trigger_at != held.incident.happened_at:
        held.trigger_at = held.incident.happened_at
        held.save(update_fields=["trigger_at"])
    carry_contacts(held, at=at)
    refresh(held, at=at)
