"""Who is in a working group, and who invites others."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.models import Organisation
from nabij.audit.actor import Actor
from nabij.protocols.policies import NOBODY, can_write_for, is_writer, organisations_visible_to
from nabij.working_groups.models import GroupMember, WorkingGroup


def groups_visible_to(actor: Actor, at: datetime) -> Q:
    """The groups of one's own municipality, or of those in one's area."""
    if not is_writer(actor):
        return NOBODY
    mine = Organisation.objects.filter(organisations_visible_to(actor, at)).values("pk")
    return Q(pk__in=GroupMember.objects.filter(organisation__in=mine).values("group"))


def can_join_in(actor: Actor, group: WorkingGroup, member_ids: set[UUID], at: datetime) -> bool:
    """Everybody who writes for a municipality of the group may change, remark and decide."""
    mine = Organisation.objects.filter(organisations_visible_to(actor, at), pk__in=member_ids)
    return is_writer(actor) and mine.exists()


def can_host(actor: Actor, group: WorkingGroup, at: datetime) -> bool:
    """Who writes for the municipality that began the group invites others."""
    return can_write_for(actor, group.host, at)
