"""Who brings colleagues into the house, and who shows them out."""

from datetime import datetime
from uuid import UUID

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


def can_bring_in(actor: Actor, team_id: UUID | None, at: datetime) -> bool:
    """Account managers, and who guides the staff of this very team."""
    if actor.may(Permission.MANAGE_ACCOUNTS):
        return True
    own = actor.municipality_codes is None or (team_id is not None and team_id == actor.team_id)
    return actor.may(Permission.GUIDE_STAFF) and own


def can_show_out(actor: Actor, user_id: UUID, team_id: UUID | None, at: datetime) -> bool:
    """The same people; nobody ends their own rights, so that nobody locks a team out by mistake."""
    return actor.user_id != user_id and can_bring_in(actor, team_id, at)
