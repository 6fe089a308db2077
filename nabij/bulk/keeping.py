"""How long a letter to many can be read; that it went out, and to how many, stays."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.bulk.models import BulkJob
from nabij.keys.sealing import destroy_keys
from nabij.privacy.removal import Collection, Held, with_living_key


def old_letters(before: datetime) -> QuerySet[BulkJob]:
    """Letters asked before this moment that can still be read."""
    found: QuerySet[BulkJob] = with_living_key(BulkJob.objects.filter(asked_at__lt=before))
    return found


def about_incidents(held: Held) -> Q:
    """Work at a held event."""
    return Q(incident__in=held.incidents)


def silence(rows: QuerySet[BulkJob], *, by: Actor, at: datetime) -> None:
    """The key goes: the letter reads "(gewist)"."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)


LETTERS = Collection("bulk_letter", old_letters, about_incidents, silence)
