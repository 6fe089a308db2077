"""Who takes a question from outside, and who answers it."""

from django.db.models import Q

from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


def can_take(actor: Actor) -> bool:
    """Whoever may be asked: staff of victim support."""
    return actor.may(Permission.TAKE_INQUIRY)


def can_settle(actor: Actor) -> bool:
    """The data protection officer of the organisation."""
    return actor.may(Permission.SETTLE_INQUIRY)


def visible_to(actor: Actor) -> Q:
    """The officer sees what the own organisation was asked; who took a question does not see it again."""
    return Q(organisation_id=actor.organisation_id) if can_settle(actor) else Q(pk__in=[])
