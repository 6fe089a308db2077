"""How long exports can be read, and how long it is known what was handed out."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.disclosures.models import DisclosedLine, Disclosure, Withdrawal
from nabij.keys.sealing import destroy_keys
from nabij.people.models import Registration
from nabij.privacy.removal import Collection, Held, delete_rows


def readable_files(before: datetime) -> QuerySet[Disclosure]:
    """Exports from before this moment that can still be collected."""
    return Disclosure.objects.filter(made_at__lt=before, replaced_at__isnull=True)


def old_disclosures(before: datetime) -> QuerySet[Disclosure]:
    """What was handed out before this moment."""
    return Disclosure.objects.filter(made_at__lt=before)


def old_withdrawals(before: datetime) -> QuerySet[Withdrawal]:
    """Requests to delete from before this moment that were confirmed."""
    return Withdrawal.objects.filter(told_at__lt=before, confirmed_at__isnull=False)


def about_disclosed(held: Held) -> Q:
    """Exports of a held event, or with a line of a held person."""
    lines = DisclosedLine.objects.filter(registration_id__in=_registrations(held))
    return Q(incident__in=held.incidents) | Q(pk__in=lines.values("disclosure_id"))


def about_withdrawn(held: Held) -> Q:
    """Requests at a held event, or about a held person."""
    return Q(incident__in=held.incidents) | Q(registrations__overlap=list(_registrations(held)))


def _registrations(held: Held) -> "QuerySet[Registration, object]":
    return Registration.objects.filter(person_id__in=held.persons).values_list("pk", flat=True)


def close_files(rows: QuerySet[Disclosure], *, by: Actor, at: datetime) -> None:
    """The key goes and the lines in it: nobody collects it any more; that it was there stays."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)
    rows.update(rows_sealed=b"", replaced_at=at)


COLLECTIONS: tuple[Collection, ...] = (
    Collection("disclosure_file", readable_files, about_disclosed, close_files),
    Collection("disclosure", old_disclosures, about_disclosed, delete_rows),
    Collection("disclosure_withdrawal", old_withdrawals, about_withdrawn, delete_rows),
)
