"""Somebody is no longer inside: seats are free again, and what was not sent is gone."""

from datetime import datetime

from django.db import transaction

from nabij.audit.actor import Actor
from nabij.closed_part.models import Verification
from nabij.closed_rooms.models import DeskMessage, SignUp
from nabij.peers.actions import leave_of
from nabij.peers.models import GroupMember, SpaceKind


@transaction.atomic
def clear_up(verification: Verification, *, by: Actor, at: datetime) -> None:
    """Seats are given back and drafts destroyed; messages that were sent stay as long as the registration.

    Who may do so is the rule of the door, which tells that somebody went.
    """
    SignUp.objects.filter(verification=verification, left_at__isnull=True).update(left_at=at)
    drafts = DeskMessage.objects.filter(
        verification=verification, written_by=verification.registration.person_id
    )
    drafts.filter(sent_at__isnull=True).delete()


@transaction.atomic
def take_erased_along(*, by: Actor, at: datetime) -> int:
    """Whoever was erased leaves the groups with all that they wrote, as if they had left; how many did."""
    here = GroupMember.objects.filter(space__kind=SpaceKind.CENTRE, left_at__isnull=True)
    gone = here.exclude(member_id__in=Verification.objects.values("pk"))
    rows = list(gone.values_list("member_id", "space__owner_id").order_by("pk"))
    return sum(leave_of(member_id, owner_id, by=by, at=at) for member_id, owner_id in rows if member_id)
