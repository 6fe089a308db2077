"""Holding a run while something happens in it, so that two people never do the same thing twice."""

from datetime import datetime
from uuid import UUID

from nabij.aftercare.models import Run, RunStep
from nabij.audit import trail
from nabij.audit.actor import Actor


def held_run(run_id: UUID) -> Run:
    """The run as it is now, held until the end of the transaction."""
    return Run.objects.select_for_update(of=("self",)).select_related("incident").get(pk=run_id)


def held_step(row: RunStep) -> RunStep:
    """The step as it is now, with its run held."""
    run = held_run(row.run_id)
    found = RunStep.objects.get(pk=row.pk)
    found.run = run
    return found


def tell(verb: str, run: Run, *, by: Actor, at: datetime, **facts: trail.Fact) -> None:
    """Write in the trail of the event what happened in its aftercare."""
    known: dict[str, trail.Fact] = {"protocol": run.code, **facts}
    trail.record(verb, by=by, at=at, subject=run, thread_id=run.incident_id, facts=known)
