"""A step is done because another part of the house has made what proves it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nabij.aftercare.actions.holding import held_run, tell
from nabij.aftercare.actions.refreshing import refresh
from nabij.aftercare.models import Evidence, Run, RunFact, RunStep, StepState
from nabij.aftercare.plans import facts_of_proof
from nabij.audit.actor import Actor
from nabij.audit.models import TrailEntry


@transaction.atomic
def tell_proof(
    incident_id: UUID, kind: str, numbers: Mapping[str, int], *, by: Actor, at: datetime
) -> list[RunStep]:
    """A proof of this kind is there: the first open step of each open run that asks for it is done.

    The caller checked that `by` may make that proof. Told again, the next step that asks for it is done,
    or nothing happens.
    """
    runs = Run.objects.filter(incident_id=incident_id, closed_at__isnull=True).order_by("pk")
    done: list[RunStep] = []
    for run_id in runs.values_list("pk", flat=True):
        done += prove(held_run(run_id), kind, numbers, by=by, at=at)
    return done


def prove(run: Run, kind: str, numbers: Mapping[str, int], *, by: Actor, at: datetime) -> list[RunStep]:
    """The same for one run that the caller holds; the numbers are facts for the steps that follow."""
    for name, number in facts_of_proof(kind, numbers).items():
        values = {"value": number, "told_at": at, "told_by": by.id}
        RunFact.objects.update_or_create(run=run, name=name, defaults=values)
    if kind == "commission":
        told = {"value": at.isoformat(), "told_at": at, "told_by": by.id}
        RunFact.objects.get_or_create(run=run, name="start:commission", defaults=told)
    asking = [each.id for each in run.steps_of_plan.steps if each.evidence.proof == kind]
    row = run.steps.filter(step_id__in=asking, state=StepState.OPEN).order_by("due_at", "position").first()
    if row is not None:
        row.state, row.done_at, row.done_by = StepState.DONE, at, by.id
        row.save(update_fields=["state", "done_at", "done_by"])
        Evidence.objects.create(run_step=row, values=dict(numbers), written_at=at, written_by=by.id)
        tell("aftercare.done", run, by=by, at=at, step=row.step_id)
    refresh(run, at=at)
    return [row] if row else []


# what happens elsewhere in the house and proves a step here
PROVES = {"centre.commissioned": "commission", "centre.live": "centre_live", "reception.opened": "reception"}


def follow_trail(entry: TrailEntry, *, by: Actor, at: datetime) -> list[RunStep]:
    """The same for a line of the trail about an event; `at` is the moment of that line.

    A second line of the same kind proves nothing more (a second reception is no second step), nor does the
    same line read twice.
    """
    kind = PROVES[entry.verb]
    earlier = TrailEntry.objects.filter(thread_id=entry.thread_id, verb=entry.verb, pk__lt=entry.pk)
    if entry.thread_id is None or earlier.exists():
        return []
    if RunStep.objects.filter(run__incident_id=entry.thread_id, done_at=at).exists():
        return []
    return tell_proof(entry.thread_id, kind, {}, by=by, at=at)
