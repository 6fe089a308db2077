"""Colleagues to whom a step can be handed."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit.actor import Actor


def colleagues_of(actor: Actor, at: datetime) -> QuerySet[Membership]:
    """Who else in one's own organisation (and own team, at victim support) carries aftercare out."""
    roles = [role for role, held in PERMISSIONS.items() if Permission.RUN_AFTERCARE in held]
    found = Membership.objects.current(at).filter(Q(organisation_id=actor.organisation_id), role__in=roles)
    if actor.team_id:
        found = found.filter(team_id=actor.team_id)
    return found.exclude(Q(pk=actor.id)).select_related("user").order_by("user__name", "pk")
