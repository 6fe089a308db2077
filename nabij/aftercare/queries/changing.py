"""Whether another protocol fits the event better than the one that runs, and what came before."""

from django.db.models import QuerySet

from nabij.aftercare.models import Run, RunStep, StepState
from nabij.aftercare.queries.choosing import plan_for_event
from nabij.protocols.plan import Plan


def other_protocol(run: Run) -> Plan | None:
    """The protocol that the event would start as it is known now; None when that is the one that runs."""
    found = plan_for_event(run.incident, run.municipality).plan
    return found if found.code != run.code else None


def replaced_runs(run: Run) -> QuerySet[Run]:
    """The runs that this one came after."""
    return Run.objects.filter(replaced_by=run).order_by("started_at")


def done_before(run: Run) -> list[RunStep]:
    """What was done under the protocols that this run came after."""
    rows = RunStep.objects.filter(run__in=replaced_runs(run), state=StepState.DONE)
    return list(rows.select_related("run").order_by("done_at"))
