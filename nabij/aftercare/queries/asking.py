"""What the open steps of a run still need to know."""

from nabij.aftercare.models import Run
from nabij.aftercare.plans import asks
from nabij.aftercare.queries.facts import facts_of, facts_of_incident
from nabij.incidents.models import COUNTS


def facts_to_tell(run: Run) -> list[str]:
    """The facts that steps depend on and that a person tells: not decided, and not of the event itself."""
    own = {*facts_of_incident(run.incident), *COUNTS}
    names = {name for step in run.steps_of_plan.steps for name in asks(step.condition)}
    return sorted(name for name in names if ":" not in name and name not in own)


def open_questions(run: Run) -> list[str]:
    """Of those, the ones that nobody told yet."""
    known = facts_of(run)
    return [name for name in facts_to_tell(run) if name not in known]
