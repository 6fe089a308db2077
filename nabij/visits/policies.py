"""Who takes counts over, and who hears that a centre may close."""

from datetime import datetime

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.openings.policies import can_decide


def can_count(actor: Actor) -> bool:
    """Nabij itself, or who runs the machine by a command."""
    return actor.kind == ActorKind.SYSTEM


def hears_hints(actor: Actor) -> bool:
    """Who decides about publication and closing; at which centres, `can_set_aside` says."""
    return actor.may(Permission.PUBLISH_CENTRE)


def can_set_aside(actor: Actor, centre: AdviceCentre, at: datetime) -> bool:
    """Say "not now": whoever may decide that this centre closes."""
    return can_decide(actor, centre, at)
