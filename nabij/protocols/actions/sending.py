"""A draft goes to the parties that must agree, and may come back before they did."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit.actor import Actor
from nabij.protocols.actions.holding import NOT_YOURS, hold, notify, tell
from nabij.protocols.editing import check
from nabij.protocols.models import State, Version
from nabij.protocols.policies import can_change, can_withdraw
from nabij.protocols.queries.parties import approvers


@transaction.atomic
def send_version(version: Version, *, by: Actor, at: datetime) -> Version:
    """Ask every party named in the plan; PlanError when the plan cannot be carried out."""
    held = hold(version, by=by, at=at)
    if not can_change(by, held, at) or by.id is None:
        raise PermissionDenied(NOT_YOURS)
    check(held.whole_plan, held.off)
    held.state, held.turn, held.sent_at, held.sent_by = State.SENT, held.turn + 1, at, by.id
    held.save(update_fields=["state", "turn", "sent_at", "sent_by"])
    tell("protocol.sent", held, by=by, at=at, turn=held.turn)
    for party in held.whole_plan.approved_by:
        for membership in approvers(party, held.protocol.organisation, at):
            if membership.pk != by.id:
                notify("protocol_asks_approval", held, membership.pk, by=by, at=at)
    return held


@transaction.atomic
def withdraw_version(version: Version, *, by: Actor, at: datetime) -> Version:
    """What was sent becomes a draft again; what parties said of it so far no longer counts."""
    held = hold(version, by=by, at=at)
    if not can_withdraw(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    held.state = State.DRAFT
    held.save(update_fields=["state"])
    tell("protocol.withdrawn", held, by=by, at=at)
    return held
