"""Only the person sees and steers the own space; the leader of the case answers what is asked."""

from datetime import datetime

from django.db.models import Q

from nabij.acting.policies import decides_with_guardian
from nabij.audit.actor import Actor, ActorKind
from nabij.cases.models import Case
from nabij.cases.policies import can_help, can_lead, visible_to
from nabij.own_space.models import OwnRequest


def requests_visible_to(actor: Actor, at: datetime) -> Q:
    """One's own requests, and those of persons whose case this actor may open."""
    if actor.kind == ActorKind.HELPED_PERSON:
        return Q(person_id=actor.id)
    return Q(person_id__in=Case.objects.filter(visible_to(actor, at)).values("person_id"))


def is_person(actor: Actor) -> bool:
    """Somebody who is in on the own pages."""
    return actor.kind == ActorKind.HELPED_PERSON and actor.id is not None


def can_erase(actor: Actor, at: datetime) -> bool:
    """Ask to erase everything: the person, but not a young child without the guardian."""
    return actor.id is not None and is_person(actor) and not decides_with_guardian(actor.id, at)


def can_answer(actor: Actor, request: OwnRequest, case: Case, at: datetime) -> bool:
    """The leader of the case, once."""
    return request.answered_at is None and can_lead(actor, case, at)


def can_hand_over_key(actor: Actor, case: Case, at: datetime) -> bool:
    """Whoever helps in the case and meets the person."""
    return can_help(actor, case, at)
