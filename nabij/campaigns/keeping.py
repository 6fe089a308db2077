"""How long marks and addresses of a wave are kept; its figures stay."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.campaigns.models import LetterAddress, Report
from nabij.privacy.removal import Held


def old_reports(before: datetime) -> QuerySet[Report]:
    """Reports made before this moment of which the address still has a mark."""
    return Report.objects.filter(reported_at__lt=before, address_mark__isnull=False)


def old_addresses(before: datetime) -> QuerySet[LetterAddress]:
    """Addresses that were added before this moment."""
    return LetterAddress.objects.filter(added_at__lt=before)


def about_reports(held: Held) -> Q:
    """Reports of a wave whose event is held."""
    return Q(wave__incident_id__in=held.incidents)


def forget_marks(rows: QuerySet[Report], *, by: Actor, at: datetime) -> None:
    """The mark goes: this address is not recognised any more."""
    rows.update(address_mark=None)


def remove_addresses(rows: QuerySet[LetterAddress], *, by: Actor, at: datetime) -> None:
    """The rows go; how many letters there were stands in the letters themselves."""
    rows.delete()
