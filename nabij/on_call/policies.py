"""Who sees answers and deployments, and who may page, lead, stand down and report a step."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see
from nabij.incidents.policies import visible_to as incident_visible_to
from nabij.on_call.models import Deployment, HelpAnswer


def visible_to(actor: Actor, at: datetime) -> Q:
    """Answers on requests at incidents that the actor sees."""
    return Q(request__incident__in=Incident.objects.filter(incident_visible_to(actor, at)).values("pk"))


def deployments_visible_to(actor: Actor, at: datetime) -> Q:
    """One's own deployments, and those at incidents that the actor sees."""
    seen = Q(incident__in=Incident.objects.filter(incident_visible_to(actor, at)).values("pk"))
    return seen | Q(membership_id=actor.id) if actor.id else seen


def sees_names(actor: Actor) -> bool:
    """Names of staff on call: only for who works with them; others see roles and counts."""
    return actor.may(Permission.SEE_STAFF_NAMES)


def can_page(actor: Actor, answer: HelpAnswer, at: datetime) -> bool:
    """Page for a request that waits: Nabij itself, the desk and the coordinators of the area."""
    if actor.kind == ActorKind.SYSTEM:
        return True
    return actor.may(Permission.COORDINATE) and can_see(actor, answer.request.incident, at)


def can_lead(actor: Actor, incident: Incident, at: datetime) -> bool:
    """See who was asked, call workers: who coordinates, for incidents in the own area."""
    return actor.may(Permission.COORDINATE) and can_see(actor, incident, at)


def can_call_workers(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Who leads, as long as the incident is open."""
    return incident.is_open and can_lead(actor, incident, at)


def can_stand_down(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Nobody is needed any more: who leads, and Nabij itself when the last request was withdrawn."""
    return actor.kind == ActorKind.SYSTEM or can_lead(actor, incident, at)


def can_report_step(actor: Actor, deployment: Deployment, at: datetime) -> bool:
    """Say how far one is: the person, or who leads for somebody who phoned."""
    own = actor.kind == ActorKind.MEMBERSHIP and actor.id == deployment.membership_id
    return own or can_lead(actor, deployment.incident, at)
