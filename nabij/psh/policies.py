"""Who asks for staff, who offers them, and what stays in the core team."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see
from nabij.incidents.policies import visible_to as incident_visible_to
from nabij.psh.models import Advice, StaffOffer, StaffRequest


def can_ask_staff(actor: Actor, incident: Incident, at: datetime) -> bool:
    """The GGD and GHOR, for an open event in their own area."""
    return actor.may(Permission.ASK_STAFF) and incident.is_open and can_see(actor, incident, at)


def can_withdraw_request(actor: Actor, request: StaffRequest, at: datetime) -> bool:
    """Whoever asked, and their colleagues of the same organisation."""
    return actor.may(Permission.ASK_STAFF) and actor.organisation_id == request.organisation_id


def requests_visible_to(actor: Actor, at: datetime) -> Q:
    """One's own organisation's requests; for who offers people those at open events, of other regions too."""
    own = Q(organisation_id=actor.organisation_id) if actor.organisation_id else Q(pk__in=[])
    if actor.may(Permission.OFFER_STAFF):
        return Q(incident__closed_at__isnull=True)
    return own if actor.may(Permission.ASK_STAFF) else Q(pk__in=[])


def can_offer(actor: Actor, request: StaffRequest, at: datetime) -> bool:
    """A coordinator or team leader of victim support, of this region or another: each offers own people."""
    return actor.may(Permission.OFFER_STAFF) and request.incident.is_open


def can_answer_offer(actor: Actor, offer: StaffOffer, at: datetime) -> bool:
    """The person, or who leads their team and spoke with them."""
    if actor.id == offer.membership_id:
        return True
    leads = actor.municipality_codes is None or actor.team_id == offer.membership.team_id
    return actor.may(Permission.OFFER_STAFF) and leads


def sees_names(actor: Actor, request: StaffRequest) -> bool:
    """Names of confirmed people: who asked for them, and victim support."""
    return actor.may(Permission.OFFER_STAFF) or actor.organisation_id == request.organisation_id


def can_lead_core_team(actor: Actor, incident: Incident, at: datetime) -> bool:
    """The leader of the core team, for an event in their own area."""
    return actor.may(Permission.LEAD_PSH) and can_see(actor, incident, at)


def can_advise(actor: Actor, incident: Incident, at: datetime) -> bool:
    """An adviser of victim support, for an event they see."""
    return actor.may(Permission.ADVISE_PSH) and can_see(actor, incident, at)


def advice_visible_to(actor: Actor, at: datetime) -> Q:
    """It stays in the core team: its leader in this area, and the adviser who gave it; nobody else."""
    own = Q(adviser_id=actor.id) if actor.may(Permission.ADVISE_PSH) and actor.id else Q(pk__in=[])
    if not actor.may(Permission.LEAD_PSH):
        return own
    return own | Q(incident__in=Incident.objects.filter(incident_visible_to(actor, at)).values("pk"))


def can_decide(actor: Actor, advice: Advice, at: datetime) -> bool:
    """The leader of the core team says whether advice is adopted."""
    return can_lead_core_team(actor, advice.incident, at)
