"""Who reads the partners of a region, and who keeps them."""

from django.db.models import Q

from nabij.accounts.models import Municipality, OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind

_NOTHING = Q(pk__in=[])


def _in_area(actor: Actor, region: str) -> Q:
    """Rows whose region lies in the actor's area; `region` is the path to its code."""
    if actor.municipality_codes is None:
        return Q()
    regions = Municipality.objects.filter(code__in=actor.municipality_codes).values("safety_region_id")
    return Q(**{f"{region}__in": regions})


def regions_visible_to(actor: Actor) -> Q:
    """The regions whose partners the actor reads: everybody who sees events, in the own area."""
    if actor.kind != ActorKind.MEMBERSHIP or not actor.may(Permission.SEE_INCIDENTS):
        return _NOTHING
    return _in_area(actor, "pk")


def visible_to(actor: Actor) -> Q:
    """The partners in the actor's area; a municipality is no partner of itself. Source: brochure L419-421."""
    if actor.kind != ActorKind.MEMBERSHIP or not actor.may(Permission.SEE_INCIDENTS):
        return _NOTHING
    area = _in_area(actor, "safety_region")
    if actor.organisation_kind == OrganisationKind.MUNICIPALITY:
        return area & ~Q(municipality_id__in=list(actor.municipality_codes or ()))
    return area


def own(actor: Actor) -> Q:
    """What the actor's own organisation keeps: its links, agreements and moments, and nobody else's."""
    return Q(organisation_id=actor.organisation_id) if actor.organisation_id else _NOTHING


def can_keep(actor: Actor) -> bool:
    """Who shares knowledge keeps the partners as well; which, the area says."""
    return actor.may(Permission.SHARE_KNOWLEDGE) and actor.may(Permission.SEE_INCIDENTS)
