"""What the open steps of a run still need to know."""

from nabij.aftercare.models import Run
from nabij.aftercare.plans import asked_of_people, asks
from nabij.aftercare.queries.facts import facts_of, facts_of_incident


def facts_to_tell(run: Run) -> list[str]:
    """The facts that steps depend on and that a person tells: not decided, and not of the event itself."""
    names = {name for step in run.steps_of_plan.steps for name in asks(step.condition)}
    wanted = names - facts_of_incident(run.incident).keys()
    return [name for name in asked_of_people() if name in wanted]


def open_questions(run: Run) -> list[str]:
    """Of those, the ones that nobody told yet."""
    known = facts_of(run)
    return [name for name in facts_to_tell(run) if name not in known]
