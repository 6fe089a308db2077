"""Who may make the public pages anew."""

from datetime import datetime

from nabij.audit.actor import Actor, ActorKind


def can_release(actor: Actor, at: datetime) -> bool:
    """Only the system itself, in answer to what somebody with the right to publish has done."""
    return actor.kind == ActorKind.SYSTEM
