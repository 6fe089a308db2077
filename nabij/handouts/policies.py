"""Who fills in and prints what a step hands out."""

from datetime import datetime

from nabij.accounts.models import Organisation
from nabij.aftercare.models import RunStep
from nabij.aftercare.policies import can_do
from nabij.audit.actor import Actor
from nabij.flyers.policies import can_make


def can_fill(actor: Actor, row: RunStep, organisation: Organisation, at: datetime) -> bool:
    """Who does the step, and makes flyers for this municipality."""
    return actor.id is not None and can_do(actor, row, at) and can_make(actor, organisation)
