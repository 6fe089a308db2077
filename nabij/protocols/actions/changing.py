"""A draft changes: one step with a reason, or steps of a renewed example."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nabij.audit.actor import Actor
from nabij.protocols.actions.holding import NOT_YOURS, hold, tell
from nabij.protocols.editing import (
    Change,
    changed_fields,
    changed_steps,
    check,
    taken_over,
    with_change,
    with_header_of,
)
from nabij.protocols.examples import examples
from nabij.protocols.models import ChangeReason, Version
from nabij.protocols.policies import can_change
from nabij.protocols.writing import as_dict

NOTHING_CHANGED = _("U hebt niets gewijzigd.")


@transaction.atomic
def change_step(version: Version, step_id: str, change: Change, *, by: Actor, at: datetime) -> Version:
    """Another offset, window or owner of a step, or the step off or on; with the reason.

    KeyError for a step that is not there, ValidationError when nothing differs, PlanError when the plan can
    no longer be carried out.
    """
    held, changer = _held_draft(version, by, at)
    plan = held.whole_plan
    fields = changed_fields(plan.step(step_id), change, was_on=step_id not in held.off)
    if not fields:
        raise ValidationError(NOTHING_CHANGED)
    new = with_change(plan, step_id, change, fields)
    off = switched(held.off, step_id, is_on=change.is_on)
    check(new, off)
    held.plan, held.off = as_dict(new), off
    held.save(update_fields=["plan", "off"])
    ChangeReason.objects.create(
        version=held, step_id=step_id, fields=fields, reason=change.reason, changed_at=at, changed_by=changer
    )
    tell("protocol.step_changed", held, by=by, at=at, step=step_id)
    return held


@transaction.atomic
def take_over(version: Version, step_ids: Collection[str] | None, *, by: Actor, at: datetime) -> Version:
    """These steps become as the renewed example has them; None takes over all that changed in the example.

    ValidationError without an example that changed, PlanError when the plan can no longer be carried out.
    """
    held, _changer = _held_draft(version, by, at)
    base, example = held.base_plan, examples().get(held.protocol.code)
    if base is None or example is None or base == example:
        raise ValidationError(_("Het voorbeeld is niet gewijzigd."))
    changed = changed_steps(base, example)
    taken = changed if step_ids is None else [each for each in changed if each in step_ids]
    new, new_base = (taken_over(plan, example, taken) for plan in (held.whole_plan, base))
    if step_ids is None:
        new, new_base = with_header_of(new, example), example
    elif not taken:
        raise ValidationError(NOTHING_CHANGED)
    off = [each for each in held.off if each not in taken]
    check(new, off)
    held.plan, held.base, held.off = as_dict(new), as_dict(new_base), off
    held.save(update_fields=["plan", "base", "off"])
    tell("protocol.taken_over", held, by=by, at=at, steps=len(taken))
    return held


def switched(off: Collection[str], step_id: str, *, is_on: bool) -> list[str]:
    """The steps that are off, after this one was switched."""
    return sorted((set(off) - {step_id}) if is_on else (set(off) | {step_id}))


def _held_draft(version: Version, by: Actor, at: datetime) -> tuple[Version, UUID]:
    held = hold(version, by=by, at=at)
    if not can_change(by, held, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    return held, by.id
