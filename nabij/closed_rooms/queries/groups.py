"""Which groups there are at the centres, for who leads them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.closed_rooms.policies import centres_for_groups
from nabij.peers.models import Group

MODERATING = [role for role, may in PERMISSIONS.items() if Permission.MODERATE_GROUPS in may]


def centres_to_group(actor: Actor, at: datetime) -> QuerySet[AdviceCentre]:
    """Live centres with a closed part, by name."""
    found = AdviceCentre.objects.filter(centres_for_groups(actor, at))
    return found.select_related("incident", "commission").order_by("name", "pk")


def contacts_for(actor: Actor, at: datetime) -> QuerySet[Membership]:
    """Colleagues whose name may stand in a group: who moderates or leads groups in the own organisation."""
    here = Q(organisation_id=actor.organisation_id, role__in=MODERATING)
    rows = Membership.objects.current(at).filter(here)
    return rows.select_related("user").order_by("user__name", "pk")


def groups_of(centres: Iterable[AdviceCentre]) -> list[tuple[AdviceCentre, list[Group]]]:
    """Each centre with its groups; two queries however many there are."""
    rows = list(centres)
    found = Group.objects.filter(space__owner_id__in=[each.pk for each in rows])
    groups = list(found.select_related("space", "contact__user").order_by("relation", "is_youth"))
    return [(each, [group for group in groups if group.space.owner_id == each.pk]) for each in rows]
