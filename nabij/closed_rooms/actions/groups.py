"""A group of a centre is opened: for one relation, with a contact person whose name stands in it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.closed_rooms.policies import can_open_groups
from nabij.contact.doors import DoorKey, phone_of
from nabij.peers.actions import Opened, open_group, open_space
from nabij.peers.models import Group, Relation, SpaceKind


@transaction.atomic
def open_group_at(
    centre: AdviceCentre, relation: str, contact: Membership, *, is_youth: bool, by: Actor, at: datetime
) -> Group:
    """Open the group of this relation; with the contact person as youth worker it is that of the young."""
    if not can_open_groups(by, centre, at):
        raise PermissionDenied("Groepen opent de coördinator lotgenotencontact.")
    mine = Membership.objects.select_related("organisation", "team").get(Q(pk=by.id))
    opened = Opened(
        kind=SpaceKind.CENTRE,
        owner_id=centre.pk,
        thread_id=centre.incident_id,
        reference=centre.incident.reference,
        organisation=mine.organisation,
        team=mine.team,
        phone=phone_of(DoorKey.PUBLIC_LINE),
        is_exercise=centre.incident.is_exercise,
    )
    space = open_space(opened, by=by, at=at)
    youth_worker = contact if is_youth else None
    return open_group(space, Relation(relation), contact, youth_worker=youth_worker, by=by, at=at)
