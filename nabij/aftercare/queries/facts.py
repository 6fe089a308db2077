"""What is known of an event for the conditions of its steps."""

from nabij.aftercare.models import Evidence, Run, RunFact
from nabij.aftercare.plans import Value, facts_of_proof
from nabij.incidents.models import COUNTS, Incident, RepeatLink
from nabij.protocols.plan import Plan

SAID = ("start:", "day:")  # facts that say when something began, not what is so


def facts_of_incident(incident: Incident) -> dict[str, Value]:
    """Topic, the counts that are known, and that it is a repeat when it was linked to an earlier one."""
    counts = {name: getattr(incident, name) for name in COUNTS}
    known: dict[str, Value] = {name: number for name, number in counts.items() if number is not None}
    if RepeatLink.objects.filter(incident=incident).exists():
        known["repeat"] = True
    return known | {"topic": incident.topic}


def facts_of(run: Run) -> dict[str, Value]:
    """All facts of a run: written as proof, told by somebody, decided, and what the event itself says."""
    found: dict[str, Value] = {}
    rows = Evidence.objects.filter(run_step__run=run, run_step__state="done").order_by("written_at")
    for step_id, values in rows.values_list("run_step__step_id", "values"):
        found |= facts_of_proof(run.steps_of_plan.step(step_id).evidence.proof, values)
        choice = chosen(run.steps_of_plan, step_id, values)
        if choice:
            found[f"decision:{step_id}"] = choice
    told = RunFact.objects.filter(run=run).values_list("name", "value")
    found |= {name: value for name, value in told if not name.startswith(SAID)}
    return found | facts_of_incident(run.incident)


def chosen(plan: Plan, step_id: str, values: dict[str, Value]) -> str:
    """The choice that was made in a decision; "" when the step is no decision."""
    evidence = plan.step(step_id).evidence
    if evidence.proof != "decision":
        return ""
    names = [field.name for field in evidence.fields if field.kind == "choice"]
    return str(values.get(names[0], "")) if names else ""
