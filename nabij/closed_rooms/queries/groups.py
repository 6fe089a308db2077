"""Which groups there are at the centres, for who leads them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from nabij.accounts.models import Membership
from nabij.accounts.roles import PERMISSIONS, Permission
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import Verification
from nabij.closed_rooms.policies import centres_for_groups
from nabij.peers.models import Group
from nabij.people.models import Consent, Registration
from nabij.people.queries import Line, lines_of

MODERATING = [role for role, may in PERMISSIONS.items() if Permission.MODERATE_GROUPS in may]


def line_of_member(member_id: UUID) -> Line | None:
    """The registration of this member, opened; a number that is not safe to call is not shown."""
    current = Prefetch("consents", Consent.objects.filter(withdrawn_at__isnull=True), to_attr="current")
    rows = Registration.objects.filter(
        pk__in=Verification.objects.filter(pk=member_id).values("registration_id")
    )
    found = lines_of(rows.select_related("person", "incident").prefetch_related(current))
    return found[0] if found else None


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
