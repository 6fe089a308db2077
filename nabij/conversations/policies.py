"""Who reads the messages of a case, writes in it, and takes a message back."""

from datetime import datetime

from django.db.models import Q

from nabij.audit.actor import Actor, ActorKind, Scope
from nabij.cases.models import Case
from nabij.cases.policies import can_lead, can_open, is_helper, visible_to
from nabij.conversations.models import CaseMessage, Side


def messages_visible_to(actor: Actor, at: datetime) -> Q:
    """What was sent in one's own case, or in a case that this actor may open; no drafts."""
    if actor.kind == ActorKind.ACTING:
        return Q(sent_at__isnull=False, case__person_id=actor.for_id) if writes_for(actor) else Q(pk__in=[])
    return Q(sent_at__isnull=False, case__in=Case.objects.filter(visible_to(actor, at)))


def side_of(actor: Actor) -> Side:
    """On which side somebody writes."""
    return Side.PERSON if actor.kind in (ActorKind.HELPED_PERSON, ActorKind.ACTING) else Side.HELPER


def writes_for(actor: Actor) -> bool:
    """Whether somebody acts for a person with a mandate to write."""
    return actor.kind == ActorKind.ACTING and actor.for_id is not None and actor.may(Scope.MESSAGES)


def can_take_part(actor: Actor, case: Case, at: datetime) -> bool:
    """The person, who helps in the case, and its team leader; who only may look does not."""
    if actor.kind == ActorKind.HELPED_PERSON:
        return actor.id == case.person_id
    if actor.kind == ActorKind.ACTING:
        return writes_for(actor) and actor.for_id == case.person_id
    return can_open(actor, case, at) and (is_helper(actor, case, at) or can_lead(actor, case, at))


def can_write(actor: Actor, case: Case, at: datetime) -> bool:
    """The same people, as long as help goes on."""
    return case.is_open and can_take_part(actor, case, at)


def can_withdraw(actor: Actor, message: CaseMessage, at: datetime) -> bool:
    """Its writer, once, also after the case was closed."""
    is_mine = message.written_by == actor.id and message.side == side_of(actor)
    is_there = message.sent_at is not None and message.withdrawn_at is None
    return is_mine and is_there and can_take_part(actor, message.case, at)
