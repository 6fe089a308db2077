"""Who gets the news of a centre without having registered, as ids and numbers; never an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.audit.models import TrailEntry
from nabij.centres.links import token_hash
from nabij.centres.models import AdviceCentre
from nabij.news_readers.content import confirm_within
from nabij.news_readers.models import NewsReader
from nabij.notify.models import ContactPoint
from nabij.people.models import BlindIndex


def readers_of_centre(centre_id: UUID) -> QuerySet[NewsReader]:
    """Who confirmed and did not stop."""
    return NewsReader.objects.filter(centre=centre_id, confirmed_at__isnull=False, ended_at=None)


def _marks_of(centre: AdviceCentre, persons: Iterable[UUID]) -> list[bytes]:
    marks = BlindIndex.objects.filter(
        person_id__in=list(persons), kind="email", controller=f"gebeurtenis:{centre.incident_id}"
    )
    return [bytes(digest) for digest in marks.values_list("digest", flat=True)]


def beside(centre: AdviceCentre, persons: Iterable[UUID]) -> QuerySet[NewsReader]:
    """The readers to mail beside these persons, who get the same: an address of one of them is left out."""
    return readers_of_centre(centre.pk).exclude(address_index__in=_marks_of(centre, persons))


def with_address_of(centre: AdviceCentre, person_id: UUID) -> QuerySet[NewsReader]:
    """Who asked the news of this centre with the address of somebody who registered: the same mailbox."""
    rows = NewsReader.objects.select_related("centre").filter(centre=centre, ended_at=None)
    return rows.filter(address_index__in=_marks_of(centre, [person_id]))


def waiting_for_mail(*, is_flooded: bool) -> QuerySet[NewsReader]:
    """Who asked and has no link yet, the first first."""
    rows = NewsReader.objects.filter(waits_since_at__isnull=False, is_flooded=is_flooded)
    return rows.order_by("waits_since_at", "pk")


def too_late(at: datetime) -> Q:
    """Not confirmed within the term after the link was mailed, or after asking when none was."""
    ended = at - confirm_within()
    was_told = Q(mailed_at__lte=ended) | Q(mailed_at=None, asked_at__lte=ended)
    return was_told & Q(confirmed_at=None, ended_at=None)


def reader_of(token: str, at: datetime) -> NewsReader | None:
    """Whose link this is, while it works; None for one that is not ours, was erased or is too old."""
    rows = NewsReader.objects.select_related("centre__incident").filter(confirm_hash=token_hash(token))
    return rows.filter(mailed_at__gt=at - confirm_within()).first()


def centre_of_entry(entry_id: int) -> UUID | None:
    """The centre that a line of the trail tells of."""
    return TrailEntry.objects.filter(pk=entry_id).values_list("subject_id", flat=True).first()


def points_of(readers: Iterable[UUID]) -> QuerySet[ContactPoint]:
    """Where these readers are mailed."""
    return ContactPoint.objects.filter(subject_id__in=list(readers))


@dataclass(frozen=True)
class ReaderCounts:
    """How many readers a centre has, and how many did not press the button yet."""

    confirmed: int
    unconfirmed: int


def counts_of(centre: AdviceCentre) -> ReaderCounts:
    """The readers of this centre in numbers."""
    asked = NewsReader.objects.filter(centre=centre, ended_at=None)
    confirmed = asked.filter(confirmed_at__isnull=False).count()
    return ReaderCounts(confirmed, asked.count() - confirmed)
