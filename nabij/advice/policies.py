"""Who names contacts, tells partners, asks and answers, and who keeps the log of the line."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.advice.content import partner_of
from nabij.advice.models import AdviceQuestion, Side
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see
from nabij.knowledge.models import District
from nabij.knowledge.policies import can_tell_district

_NOTHING = Q(pk__in=[])
_SIDES: dict[str, Side] = {
    OrganisationKind.MUNICIPALITY: Side.MUNICIPALITY,
    OrganisationKind.VICTIM_SUPPORT: Side.SUPPORT,
}


def side_of(actor: Actor) -> Side | None:
    """On which side of a pair somebody stands; None for every other organisation."""
    return _SIDES.get(actor.organisation_kind)


def can_name_contact(actor: Actor, district: District, at: datetime) -> bool:
    """Each side names and changes its own fixed contact, in its own area. Source: brochure L219-220."""
    return side_of(actor) is not None and can_tell_district(actor, district.municipality_id, at)


def can_see_contacts(actor: Actor) -> bool:
    """Both sides see who the fixed contacts of an event are; nobody else gets their numbers."""
    return side_of(actor) is not None and actor.may(Permission.SEE_INCIDENTS)


def can_renew_contacts(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who manages an event takes over the contacts that the district has now."""
    may = can_see_contacts(actor) and actor.may(Permission.MANAGE_INCIDENT)
    return may and incident.is_open and can_see(actor, incident, at)


def can_tell_partner(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who manages an event writes down which partners were told. Source: brochure L419-421."""
    return actor.id is not None and actor.may(Permission.MANAGE_INCIDENT) and can_see(actor, incident, at)


def can_confirm_receipt(actor: Actor, incident: Incident, partner: str, at: datetime) -> bool:
    """Who told the partner and heard it back, and who works for that partner."""
    if can_tell_partner(actor, incident, at):
        return True
    works_there = actor.id is not None and partner_of(actor.organisation_kind) == partner
    return works_there and can_see(actor, incident, at)


def can_ask_advice(actor: Actor) -> bool:
    """An official of a municipality."""
    is_municipal = actor.organisation_kind == OrganisationKind.MUNICIPALITY
    return is_municipal and actor.may(Permission.ASK_ADVICE)


def can_answer_advice(actor: Actor) -> bool:
    """The advice desk of victim support."""
    is_support = actor.organisation_kind == OrganisationKind.VICTIM_SUPPORT
    return is_support and actor.may(Permission.ANSWER_ADVICE)


def questions_visible_to(actor: Actor) -> Q:
    """Who asks sees the questions of the own municipality; the desk those of its area."""
    if can_ask_advice(actor):
        return Q(organisation_id=actor.organisation_id)
    return _in_area(actor) if can_answer_advice(actor) else _NOTHING


def can_answer_question(actor: Actor, question: AdviceQuestion, at: datetime) -> bool:
    """The desk, for a question of its area that has no answer yet."""
    return can_answer_advice(actor) and question.is_open and actor.covers(question.municipality_id)


def calls_visible_to(actor: Actor) -> Q:
    """The desk reads the calls of its area, and one's own; no volunteer and no other organisation does."""
    return _in_area(actor, Q(taken_by_id=actor.id)) if can_answer_advice(actor) else _NOTHING


def _in_area(actor: Actor, own: Q = _NOTHING) -> Q:
    """Rows of the actor's area, and these besides; a Q without conditions joined to another would lose."""
    if actor.municipality_codes is None:
        return Q()
    return Q(municipality_id__in=actor.municipality_codes) | own
