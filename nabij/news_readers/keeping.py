"""Readers go when their centre is long closed; their addresses went at the closing."""

from datetime import datetime

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.centres.queries import ended_before
from nabij.news_readers.actions import erase_addresses
from nabij.news_readers.models import NewsReader
from nabij.privacy.removal import Collection, Held


def old_readers(before: datetime) -> QuerySet[NewsReader]:
    """Readers at centres that were archived or went offline before this moment."""
    return NewsReader.objects.filter(ended_before(before))


def about_centres(held: Held) -> Q:
    """Readers at the centre of an incident that is held."""
    return Q(centre__incident_id__in=held.incidents)


def remove_readers(rows: QuerySet[NewsReader], *, by: Actor, at: datetime) -> None:
    """The address of a centre that only went offline goes first, then the rows."""
    erase_addresses(list(rows.values_list("pk", flat=True)), by=by, at=at)
    rows.delete()


READERS = Collection("news_reader", old_readers, about_centres, remove_readers)
