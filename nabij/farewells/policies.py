"""Who may say that they want to go on after the group."""

from datetime import datetime

from nabij.audit.actor import Actor
from nabij.closed_part.models import Verification
from nabij.closed_part.policies import entries_visible_to, is_own
from nabij.peers.models import Age, GroupMember


def can_wish(actor: Actor, verification: Verification, at: datetime) -> bool:
    """A member from 16 years whose groups were said to end, as long as there is something to read."""
    if not Verification.objects.filter(entries_visible_to(actor, at), pk=verification.pk).exists():
        return False
    rows = GroupMember.objects.filter(member_id=verification.pk, left_at__isnull=True)
    return (
        rows.exclude(age=Age.UNDER_16).filter(space__ends_at__isnull=False, space__erased_at__gt=at).exists()
    )


def can_take_back(actor: Actor, verification: Verification) -> bool:
    """Only the person, and always."""
    return is_own(actor, verification.registration)
