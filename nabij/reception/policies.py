"""Who receives people and writes cards, who reads a card, and who reads counts only."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.on_call.models import Deployment
from nabij.on_call.policies import can_lead
from nabij.people.models import Person
from nabij.people.policies import visible_to as persons_visible_to


def can_receive(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Open a place, write cards, count: who leads, and whoever is deployed at this incident now."""
    if can_lead(actor, incident, at):
        return True
    own = Deployment.objects.active().filter(Q(membership_id=actor.id), incident=incident)
    return actor.id is not None and own.exists()


def cards_visible_to(actor: Actor, at: datetime) -> Q:
    """The cards of persons to whom this actor was given access, and no others."""
    return Q(person__in=Person.objects.filter(persons_visible_to(actor, at)).values("pk"))


def shows_counts(actor: Actor, incident: Incident) -> bool:
    """Whether the panel with counts stands on the page of an incident that this actor already sees."""
    return actor.may(Permission.SEE_INCIDENTS)


def reads_exact_counts(actor: Actor) -> bool:
    """Small numbers: for who helps these people; others read that there are few."""
    return actor.may(Permission.SEE_STAFF_NAMES) or actor.may(Permission.BE_PAGED)
