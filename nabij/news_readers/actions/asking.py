"""An address asks for the news, gets one mail with a link, and is confirmed by a button."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.links import fresh_token, token_hash
from nabij.centres.models import AdviceCentre, CentreStatus
from nabij.keys.sealing import Sealer
from nabij.news_readers.asks import NewsAsk
from nabij.news_readers.content import confirm_within, mail_batch, most_asks, slow_mails
from nabij.news_readers.marks import mark_of
from nabij.news_readers.models import NewsReader
from nabij.news_readers.policies import ONLY_NABIJ, can_confirm, can_keep_readers
from nabij.news_readers.queries import waiting_for_mail
from nabij.notify.models import Channel, ContactPoint
from nabij.notify.sending import Rule, send


@transaction.atomic
def store_asks(asks: Collection[NewsAsk], *, by: Actor, at: datetime, machine_at: datetime) -> int:
    """Keep who asks at a centre that is open; how many mails with a link will follow.

    The same ask read again adds nothing. An address that asks again gets the link again, until it asked
    too often; nobody outside sees which of these it was.
    """
    if not can_keep_readers(by):
        raise PermissionDenied(ONLY_NABIJ)
    rows = AdviceCentre.objects.filter(status=CentreStatus.LIVE, archived_at=None)
    centres = rows.in_bulk({ask.centre_id for ask in asks})
    wanted = [(ask, mark_of(centres[ask.centre_id], ask.email)) for ask in asks if ask.centre_id in centres]
    known = _known(mark for _, mark in wanted)
    fresh: dict[UUID, str] = {}
    told: dict[UUID, NewsReader] = {}
    for ask, mark in wanted:
        asked_at = min(at, at - (machine_at - ask.sent_at))  # its age by the clock of the web machine
        reader = known.get((ask.centre_id, mark))
        if reader is None:
            reader = NewsReader(
                pk=uuid4(), centre_id=ask.centre_id, address_index=mark, language=ask.language,
                sent_at=ask.sent_at, asked_at=asked_at, waits_since_at=at, is_flooded=ask.is_flooded,
            )  # fmt: skip
            known[ask.centre_id, mark] = told[reader.pk] = reader
            fresh[reader.pk] = ask.email
        elif _asks_again(reader, ask, asked_at, at):
            told[reader.pk] = reader
    _write(told.values(), fresh)
    for centre_id in {reader.centre_id for reader in told.values()}:
        count = sum(reader.centre_id == centre_id for reader in told.values())
        _tell("news.asked", centres[centre_id], count, by=by, at=at)
    return len(told)


def _known(marks: Iterable[bytes]) -> dict[tuple[UUID, bytes], NewsReader]:
    rows = NewsReader.objects.select_for_update(of=("self",)).filter(address_index__in=list(marks))
    return {(row.centre_id, bytes(row.address_index or b"")): row for row in rows}


def _asks_again(reader: NewsReader, ask: NewsAsk, asked_at: datetime, at: datetime) -> bool:
    """Note that this address asks once more; whether a mail follows."""
    if ask.sent_at <= reader.sent_at:
        return False
    if asked_at > reader.asked_at + confirm_within():
        reader.asks = 0
    if reader.asks >= most_asks():
        return False
    reader.asks += 1
    reader.sent_at, reader.asked_at, reader.waits_since_at = ask.sent_at, asked_at, at
    reader.language, reader.is_flooded = ask.language, ask.is_flooded
    return True


def _write(told: Iterable[NewsReader], fresh: dict[UUID, str]) -> None:
    sealer = Sealer(fresh)
    NewsReader.objects.bulk_create(row for row in told if row.pk in fresh)
    ContactPoint.objects.bulk_create(
        ContactPoint(
            subject_id=pk, channel=Channel.EMAIL, is_safe=True,
            value_sealed=sealer.seal_all(pk, {"": email})[""],
        )
        for pk, email in fresh.items()
    )  # fmt: skip
    NewsReader.objects.bulk_update(
        [row for row in told if row.pk not in fresh],
        ["asks", "sent_at", "asked_at", "waits_since_at", "language", "is_flooded"],
    )


@transaction.atomic
def mail_links(*, by: Actor, at: datetime, is_flooded: bool = False) -> int:
    """One mail with a link to each who waits for it, in one batch; how many waited.

    What came in a flood from one network waits its turn: so many each minute, and nobody is refused.
    """
    if not can_keep_readers(by):
        raise PermissionDenied(ONLY_NABIJ)
    rows = waiting_for_mail(is_flooded=is_flooded).select_for_update(of=("self",), skip_locked=True)
    readers = list(rows.select_related("centre__incident")[: slow_mails() if is_flooded else mail_batch()])
    for reader in readers:
        reader.waits_since_at = None
        if reader.centre.is_live and reader.centre.archived_at is None:
            _mail_link(reader, at)
    NewsReader.objects.bulk_update(readers, ["waits_since_at", "mailed_at", "confirm_hash"])
    return len(readers)


def _mail_link(reader: NewsReader, at: datetime) -> None:
    token, incident = fresh_token(), reader.centre.incident
    link = f"{settings.ENV.base_url}{reverse('news_readers:confirm', args=[token])}"
    hours = confirm_within().total_seconds() / 3600
    send(
        "news_confirm", to=reader.pk, rule=Rule.SAFE_CONTACT, exercise=incident.is_exercise, at=at,
        language=reader.language, about_id=incident.pk,
        values={"name": reader.centre.name, "link": link, "hours": f"{hours:.0f}"},
    )  # fmt: skip
    reader.mailed_at, reader.confirm_hash = at, token_hash(token)


@transaction.atomic
def confirm_reader(reader: NewsReader, *, by: Actor, at: datetime) -> bool:
    """From now on the news is mailed to this address; False when it went in the meantime. Twice is once."""
    if not can_confirm(by, reader):
        raise PermissionDenied("Alleen wie deze mail kreeg, bevestigt het adres ermee.")
    held = NewsReader.objects.select_for_update(of=("self",)).select_related("centre")
    row = held.filter(pk=reader.pk, ended_at=None, centre__archived_at=None).first()
    if row is None:
        return False
    if row.confirmed_at is None:
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
        trail.record("news.confirmed", by=by, at=at, subject=row, thread_id=row.centre.incident_id)
    return True


def _tell(verb: str, centre: AdviceCentre, count: int, *, by: Actor, at: datetime) -> None:
    trail.record(verb, by=by, at=at, subject=centre, thread_id=centre.incident_id, facts={"count": count})
