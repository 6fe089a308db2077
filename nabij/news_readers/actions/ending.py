"""A reader stops, does not confirm, or the centre is archived: the address is erased."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.keys.sealing import destroy_keys
from nabij.news_readers.models import NewsReader
from nabij.news_readers.policies import ONLY_NABIJ, can_keep_readers
from nabij.news_readers.queries import points_of, too_late
from nabij.notify.actions import withdraw
from nabij.notify.models import Message


@transaction.atomic
def stop_reader(reader: NewsReader, *, by: Actor, at: datetime) -> None:
    """This reader wants no news any more: the address is erased at once. Twice is once.

    That the link of one of their mails is held, is the rule of the app that mailed it.
    """
    rows = NewsReader.objects.filter(pk=reader.pk, ended_at=None)
    if _end(rows, by=by, at=at):
        trail.record("news.reader_stopped", by=by, at=at, subject=reader, thread_id=reader.centre.incident_id)


@transaction.atomic
def end_readers(centre_id: UUID, *, by: Actor, at: datetime) -> int:
    """The centre is an archive now: the news ends, and every address that was left for it is erased."""
    if not can_keep_readers(by):
        raise PermissionDenied(ONLY_NABIJ)
    centre = AdviceCentre.objects.get(pk=centre_id)
    if centre.archived_at is None:
        return 0
    number = _end(NewsReader.objects.filter(centre=centre, ended_at=None), by=by, at=at)
    if number:
        trail.record(
            "news.readers_ended", by=by, at=at, subject=centre, thread_id=centre.incident_id,
            facts={"count": number},
        )  # fmt: skip
    return number


@transaction.atomic
def forget_unconfirmed(*, by: Actor, at: datetime) -> int:
    """Whoever did not press the button within the term is forgotten, row and all; how many."""
    if not can_keep_readers(by):
        raise PermissionDenied(ONLY_NABIJ)
    rows = NewsReader.objects.filter(too_late(at))
    ids = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    erase_addresses(ids, by=by, at=at)
    NewsReader.objects.filter(pk__in=ids).delete()
    return len(ids)


def _end(rows: QuerySet[NewsReader], *, by: Actor, at: datetime) -> int:
    ids = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    erase_addresses(ids, by=by, at=at)
    gone = {"ended_at": at, "address_index": None, "confirm_hash": None, "waits_since_at": None}
    return NewsReader.objects.filter(pk__in=ids).update(**gone)


def erase_addresses(readers: Collection[UUID], *, by: Actor, at: datetime) -> None:
    """What still waits for these readers stays here, and nobody can read their address again.

    Who may do so, and why, is the rule of what ends them.
    """
    withdraw(Message.objects.filter(recipient_id__in=readers).values_list("pk", flat=True), at=at)
    destroy_keys(readers, at=at)
    points_of(readers).update(is_active=False, value_sealed=b"")
