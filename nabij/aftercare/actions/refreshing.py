"""What is known changed: each step that is not settled gets its moment and its stand again."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from nabij.aftercare.models import Run, RunStep, StepState
from nabij.aftercare.moments import due_moments, first_sense
from nabij.aftercare.plans import Value, holds
from nabij.aftercare.queries.facts import facts_of
from nabij.protocols.plan import Step

Rows = dict[str, list[RunStep]]
_CHANGES = (
    "state", "start_at", "opened_at", "not_before_at", "due_at", "done_at", "late_told_at",
    "coordinator_told_at",
)  # fmt: skip


def refresh(run: Run, *, at: datetime) -> None:
    """Count every step again, from what was told and done; the caller holds the run."""
    facts, starts = facts_of(run), _told_starts(run)
    rows: Rows = defaultdict(list)
    for row in run.steps.order_by("position", "occurrence"):
        rows[row.step_id].append(row)
    before = {row.pk: _as_it_is(row) for found in rows.values() for row in found}
    steps = run.steps_of_plan.steps
    for position, step in enumerate(steps):
        mine = rows[step.id] or [_row(run, step, position, 1)]
        rows[step.id] = _spread(run, step, mine, _start_of(step, run, rows, starts))
    for _pass in range(2):  # a step may follow one that stands further down
        for step in steps:
            _settle(step, rows, facts, at)
    _save([row for found in rows.values() for row in found], before)


def _as_it_is(row: RunStep) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _CHANGES)


def _save(rows: list[RunStep], before: dict[UUID, tuple[object, ...]]) -> None:
    """New steps and changed ones, in two statements."""
    RunStep.objects.bulk_create(row for row in rows if row.pk not in before)
    changed = [row for row in rows if row.pk in before and before[row.pk] != _as_it_is(row)]
    RunStep.objects.bulk_update(changed, _CHANGES)


def _told_starts(run: Run) -> dict[str, datetime]:
    """The moments that somebody told: of a commission, of something that happened, of a day that was set."""
    told = run.facts.filter(name__startswith="start:").values_list("name", "value")
    return {name.removeprefix("start:"): datetime.fromisoformat(value) for name, value in told}


def _start_of(step: Step, run: Run, rows: Rows, starts: dict[str, datetime]) -> datetime | None:
    """From when this step counts; None while that is not known."""
    source = step.due.start
    if source == "trigger":
        return run.trigger_at
    if source == "standing":
        return run.started_at
    if source == "commission":
        return starts.get("commission")
    if source.startswith("step:"):
        return _done_at(source.removeprefix("step:"), run, rows)
    return starts.get(step.id)


def _done_at(step_id: str, run: Run, rows: Rows) -> datetime | None:
    """When that step was done first; a step that the municipality switched off holds nothing up."""
    if all(each.id != step_id for each in run.steps_of_plan.steps):
        return run.trigger_at
    return min((row.done_at for row in rows[step_id] if row.done_at), default=None)


def _spread(run: Run, step: Step, mine: list[RunStep], start: datetime | None) -> list[RunStep]:
    """One row for each moment of the step; what was settled stays as it was."""
    if mine[0].start_at == start and not mine[0]._state.adding:
        return mine
    moments: list[datetime | None] = [None]
    if start and step.due.start != "standing":
        moments = list(due_moments(step.due, start))
    known = {row.occurrence: row for row in mine}
    first, beyond = mine[0].position, [row for row in mine if row.occurrence > len(moments)]
    for row in beyond:
        if not row.is_settled:
            row.delete()
    kept = [known.get(each) or _row(run, step, first, each) for each in range(1, len(moments) + 1)]
    for row, moment in zip(kept, moments, strict=True):
        row.start_at = start
        if not row.is_settled:
            row.due_at, row.late_told_at, row.coordinator_told_at = moment, None, None
            row.not_before_at = first_sense(step.due, start) if start else None
    return [*kept, *(row for row in beyond if row.is_settled)]


def _settle(step: Step, rows: Rows, facts: dict[str, Value], at: datetime) -> None:
    """Open, waiting or not needed; what was done or skipped stays."""
    followed = rows.get(step.due.start.removeprefix("step:"), [])
    is_cut = bool(followed) and all(row.state == StepState.DROPPED for row in followed)
    is_true = False if is_cut else holds(step.condition, facts)
    for row in rows[step.id]:
        if not row.is_settled:
            _set_state(step, row, is_true, at)


def _set_state(step: Step, row: RunStep, is_true: bool | None, at: datetime) -> None:
    if is_true is False:
        row.state = StepState.DROPPED
    elif is_true and step.due.start == "standing":
        row.state, row.done_at = StepState.DONE, at
    elif is_true and row.start_at:
        row.state, row.opened_at = StepState.OPEN, row.opened_at or at
    else:
        row.state, row.opened_at = StepState.WAITING, None


def _row(run: Run, step: Step, position: int, number: int) -> RunStep:
    return RunStep(
        run=run, step_id=step.id, position=position, occurrence=number, owner_org=step.owner.org,
        owner_role=step.owner.role,
    )  # fmt: skip
