"""What somebody tells about themselves: languages, and days on which they cannot or would like to."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.accounts.models import Membership, Municipality
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.rosters.models import Availability, Profile, Wish
from nabij.rosters.policies import can_enter_days, can_write_profile


@transaction.atomic
def write_profile(
    membership_id: UUID, *, languages: list[str], home: Municipality | None = None, by: Actor, at: datetime
) -> Profile:
    """Write down which languages somebody speaks and in which town they live, in place of what stood."""
    if not can_write_profile(by, membership_id, at):
        raise PermissionDenied("Dit profiel kunt u niet wijzigen.")
    profile, _ = Profile.objects.update_or_create(
        membership_id=membership_id, defaults={"languages": languages, "home": home, "changed_at": at}
    )
    trail.record("profile.written", by=by, at=at, subject=profile)
    return profile


@transaction.atomic
def enter_days(
    membership: Membership, wish: Wish, starts_at: datetime, ends_at: datetime, *, by: Actor, at: datetime
) -> Availability:
    """Write down that somebody cannot on these days, would rather not, or would like to."""
    if not can_enter_days(by, membership, at) or by.id is None:
        raise PermissionDenied("Deze dagen kunt u niet invoeren.")
    days = Availability.objects.create(
        membership=membership,
        wish=wish,
        starts_at=starts_at,
        ends_at=ends_at,
        entered_by=by.id,
        entered_at=at,
    )
    trail.record("days.entered", by=by, at=at, subject=membership)
    return days


@transaction.atomic
def remove_days(days: Availability, *, by: Actor, at: datetime) -> None:
    """Take days back that were written down."""
    if not can_enter_days(by, days.membership, at):
        raise PermissionDenied("Deze dagen kunt u niet weghalen.")
    trail.record("days.removed", by=by, at=at, subject=days.membership)
    days.delete()
