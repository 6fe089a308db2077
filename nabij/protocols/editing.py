"""Making another plan out of a plan: one step changed, or steps taken over from an example."""

from collections.abc import Collection
from dataclasses import dataclass

from nabij.protocols.plan import Due, Owner, Plan, Step
from nabij.protocols.reading import check_plan
from nabij.protocols.units import join_span, split_span

_HEADER = (
    "title_nl", "owner_org", "approved_by", "starts", "checked_on", "source", "needs_decision", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """How a step should be from now on, and why."""

    number: int
    unit: str
    window: str | None
    owner: Owner
    is_on: bool
    reason: str


def change_of(step: Step, *, is_on: bool) -> Change:
    """The step as it is now, in the words of a change."""
    number, unit = split_span(step.due)
    return Change(number, unit, step.due.window, step.owner, is_on, "")


def changed_fields(step: Step, change: Change, *, was_on: bool) -> list[str]:
    """Which of "offset", "window", "owner" and "off" would differ."""
    now = change_of(step, is_on=was_on)
    differs = {
        "offset": (now.number, now.unit) != (change.number, change.unit),
        "window": now.window != change.window,
        "owner": now.owner != change.owner,
        "off": now.is_on != change.is_on,
    }
    return [name for name, is_other in differs.items() if is_other]


def with_change(plan: Plan, step_id: str, change: Change, fields: Collection[str]) -> Plan:
    """The plan with this one step changed in these fields; whether it is on stands beside the plan."""
    step = plan.step(step_id)
    due = step.due
    if "offset" in fields:
        offset, days = join_span(change.number, change.unit)
        due = due.model_copy(update={"offset": offset, "working_days": days})
    if "window" in fields:
        due = due.model_copy(update={"window": change.window})
    owner = change.owner if "owner" in fields else step.owner
    new = step.model_copy(update={"due": Due.model_validate(due.model_dump()), "owner": owner})
    return _with_steps(plan, {each.id: new if each.id == step_id else each for each in plan.steps})


def taken_over(own: Plan, example: Plan, step_ids: Collection[str]) -> Plan:
    """The own plan with these steps as the example has them: changed, new or gone."""
    kept = {step.id: step for step in own.steps}
    theirs = {step.id: step for step in example.steps}
    for step_id in step_ids:
        kept.pop(step_id, None)
        if step_id in theirs:
            kept[step_id] = theirs[step_id]
    return _with_steps(own, kept)


def with_header_of(own: Plan, example: Plan) -> Plan:
    """The own steps, under the title, parties and starts of the example."""
    return own.model_copy(update={name: getattr(example, name) for name in _HEADER})


def changed_steps(old: Plan, new: Plan) -> list[str]:
    """The ids of the steps that are new, gone or different, in the order of the plan."""
    before, after = ({step.id: step for step in plan.steps} for plan in (old, new))
    return sorted(each for each in before.keys() | after.keys() if before.get(each) != after.get(each))


def without(plan: Plan, off: Collection[str]) -> Plan:
    """The plan as it is carried out when these steps are off."""
    return plan.model_copy(update={"steps": tuple(each for each in plan.steps if each.id not in off)})


def check(plan: Plan, off: Collection[str]) -> None:
    """Raises PlanError when the plan cannot be carried out, such as when a step waits for one that is off."""
    check_plan(without(plan, off), name=plan.code)


def _with_steps(plan: Plan, steps: dict[str, Step]) -> Plan:
    return plan.model_copy(update={"steps": tuple(steps[each] for each in sorted(steps))})
