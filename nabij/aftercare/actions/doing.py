"""A step is done, skipped, set on a day, or taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.aftercare.actions.holding import held_step, tell
from nabij.aftercare.actions.refreshing import refresh
from nabij.aftercare.content import farthest_start
from nabij.aftercare.evidence import clean_values
from nabij.aftercare.models import Evidence, RunFact, RunStep, StepState
from nabij.aftercare.moments import after
from nabij.aftercare.policies import can_do
from nabij.audit.actor import Actor


class AlreadySettled(ValidationError):
    """Somebody else did or skipped this step just before."""


@transaction.atomic
def finish_step(row: RunStep, values: Mapping[str, Any], *, by: Actor, at: datetime) -> RunStep:
    """The step is done, with what was asked as proof.

    ValidationError (by field) for proof that is missing, for a step that waits, and for an answer that may
    only be given later.
    """
    held = _held(row, by, at)
    if held.state != StepState.OPEN:
        raise ValidationError("Deze stap kan nog niet. Lees waarop hij wacht.")
    if held.not_before_at and at < held.not_before_at:
        raise ValidationError("Voor deze stap is het nog te vroeg.")
    clean = clean_values(held.step, values)
    _refuse_early_choice(held, clean, at)
    _finish(held, StepState.DONE, "", by, at)
    Evidence.objects.create(run_step=held, values=clean, written_at=at, written_by=by.id)
    refresh(held.run, at=at)
    return held


@transaction.atomic
def skip_step(row: RunStep, reason: str, *, by: Actor, at: datetime) -> RunStep:
    """The step is not done, and why; ValidationError without a reason where the plan asks for one."""
    held = _held(row, by, at)
    if held.state not in (StepState.OPEN, StepState.WAITING):
        raise ValidationError("Deze stap is niet nodig.")
    if held.step.skip_needs_reason and not reason.strip():
        raise ValidationError({"reason": "Schrijf waarom u deze stap overslaat."})
    _finish(held, StepState.SKIPPED, reason.strip(), by, at)
    refresh(held.run, at=at)
    return held


@transaction.atomic
def reopen_step(row: RunStep, *, by: Actor, at: datetime) -> RunStep:
    """It was done or skipped by mistake: it stands open again, and its proof goes."""
    held = held_step(row)
    if not can_do(by, held, at):
        raise PermissionDenied("Deze stap is niet van u.")
    if not held.is_settled:
        return held
    Evidence.objects.filter(run_step=held).delete()
    held.state, held.done_at, held.done_by, held.reason = StepState.WAITING, None, None, ""
    held.save(update_fields=["state", "done_at", "done_by", "reason"])
    tell("aftercare.reopened", held.run, by=by, at=at, step=held.step_id)
    refresh(held.run, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def set_start(row: RunStep, moment: datetime, *, by: Actor, at: datetime) -> RunStep:
    """It happened, or its day was set: from this moment the step counts.

    ValidationError for a step whose moment follows from the plan, and for a day much too far away.
    """
    held = _held(row, by, at)
    source = held.step.due.start
    if source not in ("decision", "told", "commission"):
        raise ValidationError("Het moment van deze stap volgt uit het plan.")
    if abs(moment - held.run.trigger_at) > farthest_start():
        raise ValidationError({"moment": _("Deze dag ligt te ver weg. Kijk of de datum klopt.")})
    name = "start:commission" if source == "commission" else f"start:{held.step_id}"
    told = {"value": moment.isoformat(), "told_at": at, "told_by": by.id}
    RunFact.objects.update_or_create(run=held.run, name=name, defaults=told)
    tell("aftercare.day_set", held.run, by=by, at=at, step=held.step_id)
    refresh(held.run, at=at)
    held.refresh_from_db()
    return held


def _held(row: RunStep, by: Actor, at: datetime) -> RunStep:
    """The step, held, for who may do it; AlreadySettled when it is done or skipped."""
    held = held_step(row)
    if not can_do(by, held, at):
        raise PermissionDenied("Deze stap is niet van u.")
    if held.is_settled:
        raise AlreadySettled("Een collega was u voor. Deze stap is al klaar.")
    return held


def _refuse_early_choice(row: RunStep, clean: Mapping[str, Any], at: datetime) -> None:
    """An answer such as "not reached" may be given only some time after the step could start."""
    for asked in row.step.evidence.fields:
        for choice in asked.choices:
            if clean.get(asked.name) != choice.code or not choice.not_before:
                continue
            if at < after(choice.not_before, row.opened_at or at):
                raise ValidationError({asked.name: "Dit kan nu nog niet. Probeer het eerst nog."})


def _finish(row: RunStep, state: StepState, reason: str, by: Actor, at: datetime) -> None:
    row.state, row.done_at, row.done_by, row.reason = state, at, by.id, reason
    row.save(update_fields=["state", "done_at", "done_by", "reason"])
    tell(f"aftercare.{state.value}", row.run, by=by, at=at, step=row.step_id)
