"""Who sends people to victim support."""

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


def can_refer(actor: Actor) -> bool:
    """Send somebody to us: police, with what they found."""
    return actor.may(Permission.REFER_PEOPLE) and actor.organisation_id is not None
