"""Who may see which messages failed, and send them again."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.notify.models import ContactPoint, Delivery, Rule


def visible_to(actor: Actor, at: datetime) -> Q:
    """Deliveries to staff of one's own team or organisation; for national staff all; for others none."""
    if not actor.may(Permission.SEE_MESSAGES):
        return Q(pk__in=[])
    if actor.municipality_codes is None:
        return Q()
    colleagues = Membership.objects.filter(Q(organisation_id=actor.organisation_id, team_id=actor.team_id))
    return Q(message__recipient_id__in=colleagues.values("pk")) & ~Q(message__rule=Rule.SAFE_CONTACT)


def can_resend(actor: Actor, delivery: Delivery, at: datetime) -> bool:
    """Whoever may see that a message failed may send it again."""
    return Delivery.objects.filter(visible_to(actor, at), pk=delivery.pk).exists()


def has_own_points(actor: Actor, at: datetime) -> bool:
    """Who can be called chooses by which numbers."""
    return actor.kind == ActorKind.MEMBERSHIP and actor.may(Permission.BE_PAGED)


def own_points_of(actor: Actor, at: datetime) -> Q:
    """One's own contact points that were not dropped; for who is never called none."""
    return Q(subject_id=actor.id, dropped_at__isnull=True) if has_own_points(actor, at) else Q(pk__in=[])


def can_change_point(actor: Actor, point: ContactPoint, at: datetime) -> bool:
    """Only one's own."""
    return ContactPoint.objects.filter(own_points_of(actor, at), pk=point.pk).exists()
