"""Several municipalities make one step plan: they change it, remark on it and decide."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.protocols.actions import Shared, adopt_shared
from nabij.protocols.actions.changing import NOTHING_CHANGED, switched
from nabij.protocols.editing import Change, changed_fields, check, with_change
from nabij.protocols.examples import examples
from nabij.protocols.models import Version
from nabij.protocols.policies import can_write_for
from nabij.protocols.writing import as_dict
from nabij.working_groups.models import GroupDecision, GroupMember, Remark, WorkingGroup
from nabij.working_groups.policies import can_host, can_join_in

NOT_IN_IT = "U zit niet in deze werkgroep."


@transaction.atomic
def begin_group(name: str, host: Organisation, code: str, *, by: Actor, at: datetime) -> WorkingGroup:
    """A group that starts from an example; the host is its first member. KeyError without that example."""
    if not can_write_for(by, host, at) or by.id is None:
        raise PermissionDenied(NOT_IN_IT)
    plan = as_dict(examples()[code])
    group = WorkingGroup.objects.create(name=name, host=host, plan=plan, base=plan, made_at=at, made_by=by.id)
    GroupMember.objects.create(group=group, organisation=host)
    trail.record("working_group.begun", by=by, at=at, subject=group, facts={"code": code})
    return group


@transaction.atomic
def invite_municipality(
    group: WorkingGroup, organisation: Organisation, *, by: Actor, at: datetime
) -> GroupMember:
    """The host lets another municipality in; invited again it stays as it is."""
    held = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    if not can_host(by, held, at) or organisation.kind != OrganisationKind.MUNICIPALITY:
        raise PermissionDenied(NOT_IN_IT)
    member, is_new = GroupMember.objects.get_or_create(group=held, organisation=organisation)
    if is_new:
        trail.record(
            "working_group.joined", by=by, at=at, subject=held, facts={"organisation": str(organisation.pk)}
        )
    return member


@transaction.atomic
def change_group_step(
    group: WorkingGroup, step_id: str, change: Change, *, by: Actor, at: datetime
) -> WorkingGroup:
    """The shared draft changes in one step, and the reason stands there as a remark.

    KeyError for a step that is not there, ValidationError when nothing differs, PlanError for an unfit plan.
    """
    held, changer = _held(group, by, at)
    plan = held.whole_plan
    fields = changed_fields(plan.step(step_id), change, was_on=step_id not in held.off)
    if not fields:
        raise ValidationError(NOTHING_CHANGED)
    new, off = with_change(plan, step_id, change, fields), switched(held.off, step_id, is_on=change.is_on)
    check(new, off)
    held.plan, held.off = as_dict(new), off
    held.save(update_fields=["plan", "off"])
    _write_remark(held, step_id, change.reason, changer, at)
    trail.record("working_group.changed", by=by, at=at, subject=held, facts={"step": step_id})
    return held


@transaction.atomic
def remark_in_group(group: WorkingGroup, step_id: str, text: str, *, by: Actor, at: datetime) -> Remark:
    """Say something about a step, or about the whole plan with an empty step; KeyError for an unknown one."""
    held, writer = _held(group, by, at)
    _check_step(held, step_id)
    remark = _write_remark(held, step_id, text, writer, at)
    trail.record("working_group.remarked", by=by, at=at, subject=held, facts={"step": step_id})
    return remark


@transaction.atomic
def decide_in_group(
    group: WorkingGroup, step_id: str, text: str, *, by: Actor, at: datetime
) -> GroupDecision:
    """Write down what the group decided about a step, or the whole plan; a later decision stands above it."""
    held, decider = _held(group, by, at)
    _check_step(held, step_id)
    decision = GroupDecision.objects.create(
        group=held, step_id=step_id, text=text, decided_at=at, decided_by=decider
    )
    trail.record("working_group.decided", by=by, at=at, subject=held, facts={"step": step_id})
    return decision


@transaction.atomic
def adopt_group_draft(group: WorkingGroup, organisation: Organisation, *, by: Actor, at: datetime) -> Version:
    """A member takes what the group made as its own draft; ValidationError while it has one already."""
    held, _adopter = _held(group, by, at)
    if not held.members.filter(organisation=organisation).exists():
        raise PermissionDenied(NOT_IN_IT)
    shared = Shared(held.whole_plan, tuple(held.off), held.base_plan, held.pk)
    return adopt_shared(organisation, shared, by=by, at=at)


def _held(group: WorkingGroup, by: Actor, at: datetime) -> tuple[WorkingGroup, UUID]:
    held = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    members = set(held.members.values_list("organisation_id", flat=True))
    if not can_join_in(by, held, members, at) or by.id is None:
        raise PermissionDenied(NOT_IN_IT)
    return held, by.id


def _check_step(group: WorkingGroup, step_id: str) -> None:
    if step_id:
        group.whole_plan.step(step_id)


def _write_remark(group: WorkingGroup, step_id: str, text: str, writer: UUID, at: datetime) -> Remark:
    return Remark.objects.create(group=group, step_id=step_id, text=text, written_at=at, written_by=writer)
