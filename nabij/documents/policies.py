"""Who sees a document, adds one, sends one in and removes one."""

from datetime import datetime

from django.db.models import Q

from nabij.audit.actor import Actor, ActorKind
from nabij.cases.models import Case
from nabij.cases.policies import can_help, visible_to
from nabij.documents.models import Document


def documents_visible_to(actor: Actor, at: datetime) -> Q:
    """Those of cases that this actor may open, for the person those that are shown; never removed ones."""
    here = Q(removed_at__isnull=True)
    if actor.kind == ActorKind.HELPED_PERSON:
        return here & Q(case__person_id=actor.id, is_shown=True)
    return here & Q(case__in=Case.objects.filter(visible_to(actor, at)))


def removals_visible_to(actor: Actor) -> Q:
    """That something was removed: for the person who sent it."""
    gone = Q(removed_at__isnull=False, is_of_person=True)
    return gone & Q(case__person_id=actor.id) if actor.kind == ActorKind.HELPED_PERSON else Q(pk__in=[])


def can_add(actor: Actor, case: Case, at: datetime) -> bool:
    """Whoever helps in an open case."""
    return actor.kind != ActorKind.HELPED_PERSON and can_help(actor, case, at)


def can_send(actor: Actor, case: Case) -> bool:
    """The person, as long as somebody helps: in a closed case nobody would look at it."""
    return actor.kind == ActorKind.HELPED_PERSON and actor.id == case.person_id and case.is_open


def can_change(actor: Actor, document: Document, at: datetime) -> bool:
    """Remove it, say that it was seen: whoever helps in the case."""
    return document.removed_at is None and can_add(actor, document.case, at)
