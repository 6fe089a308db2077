"""Who may have a roster made."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.proposals.models import Proposal
from nabij.rosters.policies import can_plan


def visible_to(actor: Actor, at: datetime) -> Q:
    """The proposals of the team whose roster one plans; for national planners all; for others none."""
    if not actor.may(Permission.PLAN_ROSTER):
        return Q(pk__in=[])
    if actor.municipality_codes is None:
        return Q(pk__isnull=False)
    return Q(team_id=actor.team_id, team_id__isnull=False)


def can_change(actor: Actor, proposal: Proposal, at: datetime) -> bool:
    """Whoever plans the roster of this team."""
    return can_plan(actor, proposal.team_id, at)
