"""Whose step it is: taken by oneself, handed to a colleague, or to another organisation."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Membership
from nabij.aftercare.actions.holding import held_step, tell
from nabij.aftercare.models import RunStep
from nabij.aftercare.plans import orgs
from nabij.aftercare.policies import can_do
from nabij.audit.actor import Actor


@transaction.atomic
def take_step(row: RunStep, *, by: Actor, at: datetime) -> RunStep:
    """This step is mine from now on; late news of it comes to me."""
    held = _mine_to_give(row, by, at)
    held.owner_id = by.id
    return _given(held, by, at)


@transaction.atomic
def hand_step(row: RunStep, colleague: Membership, *, by: Actor, at: datetime) -> RunStep:
    """Hand the step to a named colleague of one's own organisation; ValidationError for anybody else."""
    held = _mine_to_give(row, by, at)
    if colleague.organisation_id != by.organisation_id:
        raise ValidationError({"colleague": "Kies een collega van uw eigen organisatie."})
    held.owner = colleague
    return _given(held, by, at)


@transaction.atomic
def hand_to_partner(row: RunStep, org: str, *, by: Actor, at: datetime) -> RunStep:
    """Hand the step to another organisation; nobody in person has it then."""
    held = _mine_to_give(row, by, at)
    if org not in dict(orgs()):
        raise ValidationError({"org": "Kies een organisatie uit de lijst."})
    held.owner_org, held.owner = org, None
    return _given(held, by, at)


def _mine_to_give(row: RunStep, by: Actor, at: datetime) -> RunStep:
    held = held_step(row)
    if not can_do(by, held, at):
        raise PermissionDenied("Deze stap is niet van u.")
    if held.is_settled:
        raise ValidationError("Deze stap is al klaar.")
    return held


def _given(held: RunStep, by: Actor, at: datetime) -> RunStep:
    held.save(update_fields=["owner", "owner_org"])
    tell("aftercare.handed", held.run, by=by, at=at, step=held.step_id, to=held.owner_org)
    return held
