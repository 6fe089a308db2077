"""How long the words of an aftercare run are kept; its figures stay for the next version of the plan."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from nabij.aftercare.models import Evidence, HouseholdContact, Run, RunStep
from nabij.audit.actor import Actor
from nabij.keys.sealing import destroy_keys
from nabij.privacy.removal import Held


def old_runs(before: datetime) -> QuerySet[Run]:
    """Runs of events that were closed before this moment, in which words can still be read."""
    steps = RunStep.objects.filter(Q(evidence__isnull=False) | ~Q(reason=""), run=OuterRef("pk"))
    households = HouseholdContact.objects.filter(run=OuterRef("pk"))
    words = Exists(steps) | Exists(households) | ~Q(close_reason="")
    return Run.objects.filter(words, incident__closed_at__lt=before)


def about_runs(held: Held) -> Q:
    """Runs of an event that is held; no run can be traced to one person."""
    return Q(incident_id__in=held.incidents)


def silence_runs(rows: QuerySet[Run], *, by: Actor, at: datetime) -> None:
    """Proof, reasons and households go; when what was done stays."""
    runs = list(rows.values_list("pk", flat=True))
    households = HouseholdContact.objects.filter(run__in=runs)
    destroy_keys(households.values_list("pk", flat=True), at=at)
    households.delete()
    Evidence.objects.filter(run_step__run__in=runs).delete()
    RunStep.objects.filter(run__in=runs).update(reason="")
    rows.update(close_reason="")
