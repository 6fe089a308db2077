"""Plain makers of readers who did not register, shared by tests and the demonstration."""

from datetime import UTC, datetime
from typing import Any

from nabij.audit.actor import SYSTEM, link_of
from nabij.centres.factories import EVENING
from nabij.centres.models import AdviceCentre
from nabij.news_readers.actions import confirm_reader, mail_links, store_asks
from nabij.news_readers.asks import NewsAsk
from nabij.news_readers.marks import mark_of
from nabij.news_readers.models import NewsReader


def make_asked(
    centre: AdviceCentre, name: str = "lezer", *, at: datetime = EVENING, **facts: Any
) -> NewsReader:
    sent_at = datetime.now(UTC)
    email = f"{name}@example.nl"
    ask = NewsAsk(**{"centre_id": centre.pk, "email": email, "language": "nl", "sent_at": sent_at, **facts})
    store_asks([ask], by=SYSTEM, at=at, machine_at=ask.sent_at)
    return NewsReader.objects.get(centre=centre, address_index=mark_of(centre, email))


def make_news_reader(
    centre: AdviceCentre, name: str = "lezer", *, at: datetime = EVENING, **facts: Any
) -> NewsReader:
    reader = make_asked(centre, name, at=at, **facts)
    mail_links(by=SYSTEM, at=at)
    reader.refresh_from_db()
    confirm_reader(reader, by=link_of(reader.pk), at=at)
    reader.refresh_from_db()
    return reader
