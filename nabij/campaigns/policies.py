"""Who reports, who sees a wave, and who says that somebody was reached."""

from datetime import datetime

from django.db.models import Q

from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.campaigns.models import Wave


def can_report(actor: Actor, municipality_code: str) -> bool:
    """The police and who carries aftercare out, each in the own area."""
    may = actor.may(Permission.REFER_PEOPLE) or actor.may(Permission.RUN_AFTERCARE)
    return actor.kind == ActorKind.MEMBERSHIP and may and actor.covers(municipality_code)


def visible_to(actor: Actor, at: datetime) -> Q:
    """Waves in the own area, for who carries aftercare out."""
    if actor.kind != ActorKind.MEMBERSHIP or not actor.may(Permission.RUN_AFTERCARE):
        return Q(pk__in=[])
    codes = actor.municipality_codes
    return Q() if codes is None else Q(municipality_id__in=codes)


def can_lead(actor: Actor, wave: Wave, at: datetime) -> bool:
    """Letters, and telling victims: the municipality, while the wave runs."""
    is_municipal = actor.organisation_kind == OrganisationKind.MUNICIPALITY
    return is_municipal and wave.closed_at is None and _sees(actor, wave, at)


def can_contact(actor: Actor, wave: Wave, at: datetime) -> bool:
    """Say that somebody was reached: victim support."""
    return actor.organisation_kind == OrganisationKind.VICTIM_SUPPORT and _sees(actor, wave, at)


def _sees(actor: Actor, wave: Wave, at: datetime) -> bool:
    return Wave.objects.filter(visible_to(actor, at), pk=wave.pk).exists()
