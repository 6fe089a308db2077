"""Who sends a signal, who sees it, and which two sides decide."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.signals.models import Side, Signal


def can_send(actor: Actor) -> bool:
    """Neighbourhood teams."""
    return actor.may(Permission.SEND_SIGNAL) and actor.organisation_id is not None


def visible_to(actor: Actor, at: datetime) -> Q:
    """What one's own organisation sent; who decides sees those of the own area or the own team's area."""
    if can_send(actor):
        return Q(organisation_id=actor.organisation_id)
    if not actor.may(Permission.DECIDE_SIGNAL):
        return Q(pk__in=[])
    if side_of(actor) == Side.SUPPORT:
        return Q(
            municipality__safety_region__team_id=actor.team_id,
            municipality__safety_region__team__isnull=False,
        )
    return Q(municipality_id__in=actor.municipality_codes or frozenset())


def side_of(actor: Actor) -> Side:
    """For which side this actor decides."""
    is_municipal = actor.organisation_kind == OrganisationKind.MUNICIPALITY
    return Side.MUNICIPALITY if is_municipal else Side.SUPPORT


def can_decide(actor: Actor, signal: Signal, at: datetime) -> bool:
    """The municipal contact and the team leader of victim support, each for the own side."""
    return (
        actor.may(Permission.DECIDE_SIGNAL)
        and Signal.objects.filter(visible_to(actor, at), pk=signal.pk).exists()
    )


def can_report_contact(actor: Actor, signal: Signal, at: datetime) -> bool:
    """How many were reached is told by victim support."""
    return can_decide(actor, signal, at) and side_of(actor) == Side.SUPPORT


def reads_exact_numbers(actor: Actor) -> bool:
    """Small numbers stay with victim support."""
    return side_of(actor) == Side.SUPPORT
