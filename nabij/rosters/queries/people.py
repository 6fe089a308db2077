"""What people wrote down about their days."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.rosters.models import Availability, Duty
from nabij.rosters.policies import days_visible_to


def days_for(actor: Actor, at: datetime) -> QuerySet[Availability]:
    """The days that this actor may see and that are not over, the first one first."""
    found = Availability.objects.filter(days_visible_to(actor, at), ends_at__gt=at)
    return found.select_related("membership__user", "membership__team").order_by("starts_at")


def own_days(actor: Actor, at: datetime) -> QuerySet[Availability]:
    """The actor's own days."""
    return days_for(actor, at).filter(Q(membership_id=actor.id))


def duties_in_the_way(membership: Membership, starts_at: datetime, ends_at: datetime) -> list[Duty]:
    """The duties that somebody has on days on which they cannot."""
    return list(
        Duty.objects.filter(membership=membership, starts_at__lt=ends_at, ends_at__gt=starts_at).order_by(
            "starts_at"
        )
    )


def membership_of(actor_id: UUID) -> Membership:
    """The membership with which somebody works now."""
    return Membership.objects.select_related("user", "team").get(pk=actor_id)
