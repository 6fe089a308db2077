"""Who sees a run, who carries it out, and whose step is whose."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.aftercare.content import MUNICIPALITY, VICTIM_SUPPORT, does_own_steps
from nabij.aftercare.models import Run, RunStep
from nabij.audit.actor import Actor, ActorKind
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see
from nabij.incidents.policies import visible_to as incident_visible_to


def visible_to(actor: Actor, at: datetime) -> Q:
    """Runs of the municipalities in one's own area, for who carries aftercare out there."""
    if actor.kind == ActorKind.SYSTEM:
        return Q()
    if not actor.may(Permission.RUN_AFTERCARE):
        return Q(pk__in=[])
    seen = Q(incident__in=Incident.objects.filter(incident_visible_to(actor, at)).values("pk"))
    if actor.municipality_codes is None:
        return seen
    return seen & Q(municipality_id__in=actor.municipality_codes)


def sees_panel(actor: Actor, incident: Incident | None) -> bool:
    """Whether the aftercare of events stands on this actor's pages."""
    return actor.may(Permission.RUN_AFTERCARE)


def can_start(actor: Actor, incident: Incident, municipality_code: str, at: datetime) -> bool:
    """The house itself, and who carries aftercare out in this municipality, for an open event they see."""
    if not incident.is_open:
        return False
    if actor.kind == ActorKind.SYSTEM:
        return True
    may = actor.may(Permission.RUN_AFTERCARE) and actor.covers(municipality_code)
    return may and can_see(actor, incident, at)


def can_work(actor: Actor, run: Run, at: datetime) -> bool:
    """Tell facts, name contacts, change or close a run: who carries aftercare out in this municipality."""
    if actor.kind == ActorKind.SYSTEM:
        return run.is_open
    may = actor.may(Permission.RUN_AFTERCARE) and actor.covers(run.municipality_id)
    return may and run.is_open and can_see(actor, run.incident, at)


def can_lead(actor: Actor, run: Run, at: datetime) -> bool:
    """Close the run, change its protocol, name contact persons: the municipality itself."""
    return is_of(actor, MUNICIPALITY) and can_work(actor, run, at)


def can_do(actor: Actor, row: RunStep, at: datetime) -> bool:
    """Do, skip or hand over a step: whose it is, and the municipality for partners that are not here."""
    if not can_work(actor, row.run, at):
        return False
    return actor.kind == ActorKind.SYSTEM or does_step_of(actor, row.owner_org)


def does_step_of(actor: Actor, org: str) -> bool:
    """Whether this actor's organisation does the steps of `org`; for rows that came from a filtered query."""
    return is_of(actor, org if does_own_steps(org) else MUNICIPALITY)


def is_of(actor: Actor, side: str) -> bool:
    """Whether the actor works for this side of the agreement."""
    return actor.organisation_kind == side and side in (MUNICIPALITY, VICTIM_SUPPORT)
