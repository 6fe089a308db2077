"""Care is private: to the person, to who calls them, and to the leader of their team."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.care.models import CareColleague, CareContact


def leads(actor: Actor, at: datetime) -> bool:
    """The leader of a team."""
    return actor.may(Permission.GUIDE_STAFF) and actor.team_id is not None


def calls(actor: Actor, at: datetime) -> bool:
    """Somebody on the care list of their team."""
    return CareColleague.objects.filter(Q(membership_id=actor.id, team_id=actor.team_id)).exists()


def visible_to(actor: Actor, at: datetime) -> Q:
    """One's own contacts; for who calls the first ones of their team; for the leader all of their team."""
    if actor.kind != ActorKind.MEMBERSHIP or actor.id is None:
        return Q(pk__in=[])
    own = Q(membership_id=actor.id)
    team = Q(team_id=actor.team_id, team_id__isnull=False)
    if leads(actor, at):
        return own | team
    return own | (team & Q(is_for_leader=False)) if calls(actor, at) else own


def can_mark(actor: Actor, contact: CareContact, at: datetime) -> bool:
    """Who calls somebody else; nobody does so for themselves."""
    seen = CareContact.objects.filter(visible_to(actor, at), pk=contact.pk).exists()
    return seen and contact.membership_id != actor.id


def can_write_list(actor: Actor, at: datetime) -> bool:
    """The leader of a team chooses who is on its care list."""
    return leads(actor, at) and actor.kind == ActorKind.MEMBERSHIP
