"""Who has a calendar."""

from datetime import datetime

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


def can_have_feed(actor: Actor, at: datetime) -> bool:
    """Whoever has duties has a calendar of their own and one of their team."""
    return actor.id is not None and actor.may(Permission.BE_PAGED)
