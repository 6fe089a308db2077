"""Who makes flyers and letters, for which municipality, and who agrees with them."""

from django.db.models import Q

from nabij.accounts.models import Organisation, OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.flyers.models import BOTH, Edition, EditionState, Leaflet


def sees_any(actor: Actor) -> bool:
    """Whether somebody works with flyers at all: at a municipality or at victim support."""
    return actor.organisation_kind in BOTH and (
        actor.may(Permission.MAKE_FLYER) or actor.may(Permission.APPROVE_FLYER)
    )


def organisations_visible_to(actor: Actor) -> Q:
    """The own municipality; for victim support the municipalities of the area."""
    if not sees_any(actor):
        return Q(pk__in=[])
    municipalities = Q(kind=OrganisationKind.MUNICIPALITY)
    if actor.organisation_kind == OrganisationKind.MUNICIPALITY:
        return municipalities & Q(pk=actor.organisation_id)
    if actor.municipality_codes is None:
        return municipalities
    return municipalities & Q(municipality_id__in=actor.municipality_codes)


def visible_to(actor: Actor) -> Q:
    """Leaflets of the municipalities that this actor sees."""
    seen = Organisation.objects.filter(organisations_visible_to(actor))
    return Q(organisation__in=seen.values("pk"))


def can_make(actor: Actor, organisation: Organisation) -> bool:
    """Write, send, print and withdraw for this municipality."""
    seen = Organisation.objects.filter(organisations_visible_to(actor), pk=organisation.pk)
    return actor.id is not None and actor.may(Permission.MAKE_FLYER) and seen.exists()


def can_decide(actor: Actor, edition: Edition) -> bool:
    """Agree with what waits, or not: who may approve, of the organisation that did not agree yet."""
    return (
        actor.id is not None
        and actor.may(Permission.APPROVE_FLYER)
        and edition.state == EditionState.SENT
        and actor.organisation_kind not in edition.approved_kinds
        and Leaflet.objects.filter(visible_to(actor), pk=edition.leaflet_id).exists()
    )
