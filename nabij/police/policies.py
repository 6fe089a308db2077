"""Who sends people to victim support, and who hears how many there were."""

from django.db.models import Q

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor


def can_refer(actor: Actor) -> bool:
    """Send somebody to us: police, with what they found."""
    return actor.may(Permission.REFER_PEOPLE) and actor.organisation_id is not None


def is_told(actor: Actor) -> bool:
    """Hear how many people an event hit: who asks for help for a municipality."""
    is_municipal = actor.organisation_kind == OrganisationKind.MUNICIPALITY
    return is_municipal and actor.may(Permission.ASK_FOR_HELP)


def counts_visible_to(actor: Actor) -> Q:
    """What happened in the own municipality."""
    return Q(municipality_id__in=actor.municipality_codes or frozenset()) if is_told(actor) else Q(pk__in=[])
