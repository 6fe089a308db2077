"""Everybody on the staff reads articles; who shares knowledge writes, in the own organisation and area."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.knowledge.models import Article, District, PartnerDoor

_NOTHING = Q(pk__in=[])


def articles_visible_to(actor: Actor) -> Q:
    """All staff of all organisations read all articles; nobody else. Source: brochure L60-64."""
    return Q() if actor.kind == ActorKind.MEMBERSHIP else _NOTHING


def can_share(actor: Actor) -> bool:
    """Who writes articles, names districts and watches our door at partners."""
    return actor.organisation_id is not None and actor.may(Permission.SHARE_KNOWLEDGE)


def can_change_article(actor: Actor, article: Article, at: datetime) -> bool:
    """The organisation that owns the article."""
    return can_share(actor) and actor.organisation_id == article.organisation_id


def districts_visible_to(actor: Actor) -> Q:
    """The districts in the actor's own area, for who shares knowledge."""
    if not can_share(actor):
        return _NOTHING
    if actor.municipality_codes is None:
        return Q()
    return Q(municipality_id__in=actor.municipality_codes)


def can_tell_district(actor: Actor, municipality_code: str, at: datetime) -> bool:
    """Name a district and write down a briefing: both sides, in their own area."""
    return can_share(actor) and actor.covers(municipality_code)


def can_see_for_district(actor: Actor, district: District, at: datetime) -> bool:
    """Only an officer of the municipality itself sees the catalogue for a district."""
    is_officer = actor.organisation_kind == OrganisationKind.MUNICIPALITY
    return is_officer and can_tell_district(actor, district.municipality_id, at)


def doors_visible_to(actor: Actor) -> Q:
    """The doors that the own organisation watches."""
    return Q(organisation_id=actor.organisation_id) if can_share(actor) else _NOTHING


def can_check_door(actor: Actor, door: PartnerDoor, at: datetime) -> bool:
    """The organisation that watches this door."""
    return can_share(actor) and actor.organisation_id == door.organisation_id
