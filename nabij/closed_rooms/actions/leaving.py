"""Somebody is no longer inside: seats are free again, and what was not sent is gone."""

from datetime import datetime

from django.db import transaction

from nabij.audit.actor import Actor
from nabij.closed_part.models import Verification
from nabij.closed_rooms.models import DeskMessage, SignUp


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
