"""Who has a calendar."""

from datetime import datetime

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


def can_have_feed(actor: Actor, at: datetime) -> bool:
    """Whoever has duties or helps people has a calendar of their own; duties have one of the team too."""
    return actor.id is not None and (actor.may(Permission.BE_PAGED) or actor.may(Permission.HELP_PEOPLE))


def can_have_team_feed(actor: Actor, at: datetime) -> bool:
    """The roster of one's team, for who has duties in it."""
    return actor.team_id is not None and actor.may(Permission.BE_PAGED)
