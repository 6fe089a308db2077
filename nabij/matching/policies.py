"""Who compares registrations, merges them, and puts them back."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.incidents.policies import can_see
from nabij.matching.models import Merge, PossibleDouble
from nabij.people.models import Registration
from nabij.people.policies import can_list, registrations_visible_to


def can_compare(actor: Actor, incident: Incident, at: datetime) -> bool:
    """Registrars, of an event in their area."""
    return can_list(actor) and can_see(actor, incident, at)


def pairs_visible_to(actor: Actor, at: datetime) -> Q:
    """Pairs of which the actor may see both."""
    if not can_list(actor):
        return Q(pk__in=[])
    seen = Registration.objects.filter(registrations_visible_to(actor, at)).values("pk")
    return Q(first_id__in=seen, second_id__in=seen)


def merges_visible_to(actor: Actor, at: datetime) -> Q:
    """Merges of which the actor may see both sides."""
    if not can_list(actor):
        return Q(pk__in=[])
    seen = Registration.objects.filter(registrations_visible_to(actor, at)).values("pk")
    return Q(kept_id__in=seen, folded_id__in=seen)


def can_decide(actor: Actor, pair: PossibleDouble, at: datetime) -> bool:
    """A registrar who may see both; nobody and nothing else, so never the system by itself."""
    return (
        actor.may(Permission.SEE_REGISTRATIONS)
        and PossibleDouble.objects.filter(pairs_visible_to(actor, at), pk=pair.pk).exists()
    )


def can_undo(actor: Actor, merge: Merge, at: datetime) -> bool:
    """A registrar who may see both, whoever merged them."""
    return (
        actor.may(Permission.SEE_REGISTRATIONS)
        and Merge.objects.filter(merges_visible_to(actor, at), pk=merge.pk).exists()
    )
