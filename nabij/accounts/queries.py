"""Reading organisations, areas and people."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from nabij.accounts.models import Membership, Municipality, OrganisationKind, Team, User
from nabij.accounts.roles import PERMISSIONS, Role
from nabij.audit.actor import Actor, ActorKind
from nabij.kit.clock import local

# who helps people works by grants, person by person: an area opens nothing to them
WITHOUT_AREA = frozenset({Role.VOLUNTEER, Role.PAID_WORKER, Role.CASE_MANAGER})
LONGEST_NAME = 80  # of a municipality, as somebody types it


def municipalities_on(day: date) -> QuerySet[Municipality]:
    """All municipalities that exist on that day, by name."""
    return Municipality.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    ).order_by("sort_name")


def municipality_today(code: str, day: date) -> Municipality | None:
    """The municipality that answers for this code on that day, also after a merger; None if unknown."""
    found = Municipality.objects.select_related("merged_into", "safety_region").filter(code=code).first()
    while found is not None and not found.exists_on(day):
        found = found.merged_into
    return found


def municipality_codes(typed: Iterable[str], day: date) -> dict[str, str]:
    """The code that answers on that day for each known name (in small letters), mergers followed."""
    names = {name.strip().lower() for name in typed if name.strip() and len(name) <= LONGEST_NAME}
    if not names:
        return {}
    rows = (
        Municipality.objects.annotate(plain=Lower("name"))
        .filter(plain__in=names)
        .values_list("plain", "code")
    )
    found = {plain: municipality_today(code, day) for plain, code in rows}
    return {plain: municipality.code for plain, municipality in found.items() if municipality is not None}


def team_for(municipality: Municipality) -> Team | None:
    """The victim-support team that serves this municipality."""
    return municipality.safety_region.team


def current_memberships(user: User, at: datetime) -> QuerySet[Membership]:
    """What this user is, at this moment, oldest membership first."""
    return (
        Membership.objects.current(at)
        .filter(user=user)
        .select_related("user", "organisation", "team")
        .order_by("starts_at", "id")
    )


def actor_for(membership: Membership) -> Actor:
    """The membership as somebody who acts, with permissions and area filled in."""
    codes, regions = _area(membership)
    return Actor(
        kind=ActorKind.MEMBERSHIP,
        id=membership.pk,
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        organisation_kind=membership.organisation.kind,
        role=membership.role,
        permissions=frozenset(PERMISSIONS[Role(membership.role)]),
        municipality_codes=codes,
        safety_region_codes=regions,
        team_id=membership.team_id,
        name=membership.user.name,
        organisation_name=membership.organisation.name,
    )


def _area(membership: Membership) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The municipality and safety-region codes in which this membership works; None is the whole country."""
    organisation = membership.organisation
    if membership.role in WITHOUT_AREA:
        return frozenset(), frozenset()
    if organisation.kind == OrganisationKind.MUNICIPALITY and organisation.municipality_id:
        return frozenset({organisation.municipality_id}), frozenset()
    if membership.is_national:
        return None, frozenset()
    if organisation.safety_region_id:
        inside = Q(safety_region_id=organisation.safety_region_id)
    elif membership.team_id:
        inside = Q(safety_region__team_id=membership.team_id)
    else:
        return frozenset(), frozenset()
    rows = list(Municipality.objects.filter(inside).values_list("code", "safety_region_id"))
    return frozenset(code for code, _ in rows), frozenset(region for _, region in rows)


def names_of(membership_ids: set[UUID]) -> dict[UUID, str]:
    """Names of staff by membership id, for pages whose reader may see them."""
    rows = Membership.objects.filter(pk__in=membership_ids).select_related("user")
    return {membership.pk: membership.user.name for membership in rows}


def memberships_of(actor: Actor, at: datetime) -> list[Membership]:
    """All roles that the person behind this actor has at this moment."""
    own = Membership.objects.filter(Q(pk=actor.id)).values("user_id")
    return list(
        Membership.objects.current(at)
        .filter(user_id__in=own)
        .select_related("organisation", "user")
        .order_by("starts_at", "id")
    )


def places_of(actor: Actor, at: datetime) -> QuerySet[Municipality]:
    """The municipalities in this actor's area; the whole country for who works nationally."""
    found = municipalities_on(local(at).date())
    if actor.municipality_codes is None:
        return found
    return found.filter(code__in=actor.municipality_codes).select_related("safety_region__team")
