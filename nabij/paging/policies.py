"""Who may see and answer a page."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.paging.models import Ask, Page


def _leads(actor: Actor, page: Page) -> bool:
    """A coordinator of the page's own team, or of the whole country."""
    in_area = actor.municipality_codes is None or (page.team_id is not None and page.team_id == actor.team_id)
    return actor.may(Permission.COORDINATE) and in_area


def visible_to(actor: Actor, at: datetime) -> Q:
    """Asks to oneself; for coordinators those of their team, national ones all."""
    if actor.kind != ActorKind.MEMBERSHIP or actor.id is None:
        return Q(pk__in=[])
    own = Q(membership_id=actor.id)
    if not actor.may(Permission.COORDINATE):
        return own
    if actor.municipality_codes is None:
        return Q()
    return own | Q(page__team_id=actor.team_id, page__team_id__isnull=False)


def can_answer(actor: Actor, ask: Ask, at: datetime) -> bool:
    """Only who was asked answers for themselves, logged in or with the link that was sent to them."""
    return actor.kind in (ActorKind.MEMBERSHIP, ActorKind.LINK) and actor.id == ask.membership_id


def can_answer_for(actor: Actor, ask: Ask, at: datetime) -> bool:
    """A coordinator writes down what somebody said by phone."""
    return actor.kind == ActorKind.MEMBERSHIP and _leads(actor, ask.page)


def can_stand_down(actor: Actor, page: Page, at: datetime) -> bool:
    """Its coordinators, Nabij itself, and who manages the incident (whose area the app above has checked)."""
    if actor.kind == ActorKind.SYSTEM or _leads(actor, page):
        return True
    return actor.may(Permission.MANAGE_INCIDENT) and not actor.may(Permission.COORDINATE)


def can_write_ladder(actor: Actor, at: datetime) -> bool:
    """Who plans the roster of a team chooses by which steps that team is called."""
    has_team = actor.kind == ActorKind.MEMBERSHIP and actor.team_id is not None
    return has_team and actor.may(Permission.PLAN_ROSTER)
