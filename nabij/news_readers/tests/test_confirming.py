"""One mail with one link, confirmed by a button; erased when it is not, when one stops, at the closing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, link_of
from nabij.audit.models import TrailEntry
from nabij.centres.actions import archive_centre, open_again, take_offline
from nabij.centres.factories import make_live_centre
from nabij.keys.models import SubjectKey
from nabij.kit import clock
from nabij.news_readers import actions, content, keeping, tasks
from nabij.news_readers.asks import NewsAsk, from_bytes
from nabij.news_readers.factories import make_asked, make_news_reader
from nabij.news_readers.models import NewsReader
from nabij.news_readers.queries import counts_of
from nabij.news_readers.tests.conftest import LATER
from nabij.notify.actions import attempt_delivery
from nabij.notify.kept import keep_inside
from nabij.notify.models import ContactPoint, Delivery, Message, State
from nabij.privacy.removal import Held

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NOW = datetime(2027, 5, 15, 12, tzinfo=UTC)


def way_in(mail):
    return re.search(r"/nieuws/bevestigen/[\w-]+/", mail.body).group()


def mailed(centre, mailoutbox, name="lezer", **facts):
    reader = make_asked(centre, name, at=LATER, **facts)
    tasks.mail_links()
    attempt_delivery("email", at=LATER + MINUTE)
    reader.refresh_from_db()
    return reader, mailoutbox[-1]


def is_erased(reader):
    [point] = ContactPoint.objects.filter(subject_id=reader.pk)
    key = SubjectKey.objects.get(subject_id=reader.pk)
    return bytes(point.value_sealed) == b"" and not point.is_active and key.wrapped is None


def test_one_mail_with_one_link_is_confirmed_by_a_button_and_by_nothing_else(centre, mailoutbox, client):
    reader, mail = mailed(centre, mailoutbox)
    assert (mail.to, mail.subject) == (["lezer@example.nl"], "Nieuws van Nabij: bevestig uw adres")
    assert centre.name not in mail.subject
    assert "De link werkt 48 uur." in mail.body
    way = way_in(mail)
    assert way.split("/")[-2] not in reader.confirm_hash
    page = client.get(way).content.decode()
    assert "Ja, stuur mij het nieuws" in page
    assert centre.name not in page
    assert NewsReader.objects.get().confirmed_at is None, "looking changes nothing"
    strict = type(client)(enforce_csrf_checks=True)
    for _ in range(2):
        assert "Vanaf nu krijgt u het nieuws" in strict.post(way).content.decode()
    assert "Vanaf nu krijgt u het nieuws" in client.get(way).content.decode()
    assert NewsReader.objects.get().confirmed_at is not None
    assert TrailEntry.objects.filter(verb="news.confirmed").count() == 1
    assert (counts_of(centre).confirmed, counts_of(centre).unconfirmed) == (1, 0)


def test_a_link_cannot_be_guessed_and_does_not_outlive_its_term(centre, mailoutbox, client):
    reader, mail = mailed(centre, mailoutbox)
    for guess in (reader.confirm_hash, str(reader.pk), "x"):
        wrong = client.post(reverse("news_readers:confirm", args=[guess]))
        assert wrong.status_code == 404
        assert "Deze link werkt niet meer" in wrong.content.decode()
    for other in (ANONYMOUS, link_of(centre.pk), Actor(ActorKind.MEMBERSHIP, id=reader.pk)):
        with pytest.raises(PermissionDenied):
            actions.confirm_reader(reader, by=other, at=LATER)
    clock.move_to(LATER + timedelta(hours=48) - MINUTE)
    assert client.get(way_in(mail)).status_code == 200
    clock.move_to(LATER + timedelta(hours=48) + MINUTE)
    assert client.post(way_in(mail)).status_code == 404
    assert NewsReader.objects.get().confirmed_at is None
    tasks.each_minute(0)
    assert not NewsReader.objects.exists()
    assert is_erased(reader)


def test_who_does_not_confirm_in_time_is_erased_with_their_key(centre):
    late, done = make_asked(centre, "laat", at=LATER), make_news_reader(centre, "klaar", at=LATER)
    clock.move_to(LATER + timedelta(hours=48) - MINUTE)
    tasks.each_minute(0)
    assert NewsReader.objects.count() == 2
    clock.move_to(LATER + timedelta(hours=48))
    tasks.each_minute(0)
    assert list(NewsReader.objects.all()) == [done]
    assert is_erased(late)
    assert not is_erased(done)


def test_an_address_gets_few_links_however_often_it_is_typed(centre, mailoutbox):
    for number in range(5):
        make_asked(centre, at=LATER + number * MINUTE)
        tasks.mail_links()
    attempt_delivery("email", at=LATER + timedelta(hours=1))
    assert len(mailoutbox) == content.most_asks() == 3
    assert NewsReader.objects.count() == 1
    make_asked(centre, at=LATER + timedelta(hours=49))
    tasks.mail_links()
    attempt_delivery("email", at=LATER + timedelta(hours=50))
    assert len(mailoutbox) == 4, "a new term, a new chance"


def test_who_gets_the_news_already_and_asks_again_sees_the_same_and_stays_confirmed(
    centre, mailoutbox, client
):
    reader = make_news_reader(centre, at=LATER)
    _, mail = mailed(centre, mailoutbox)
    assert "Vanaf nu krijgt u het nieuws" in client.get(way_in(mail)).content.decode()
    reader.refresh_from_db()
    assert (reader.confirmed_at, NewsReader.objects.count()) == (LATER, 1)


def test_the_same_wish_read_twice_is_one(centre):
    ask = NewsAsk(centre.pk, "lezer@example.nl", "nl", datetime.now(UTC))
    for _ in range(2):
        actions.store_asks([ask, ask], by=SYSTEM, at=LATER, machine_at=ask.sent_at)
    assert NewsReader.objects.get().asks == 1
    assert TrailEntry.objects.get(verb="news.asked").facts == {"count": 1}
    reader = NewsReader.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsReader.objects.create(
            centre=centre, address_index=reader.address_index, language="nl", sent_at=NOW, asked_at=NOW
        )
    assert from_bytes(ask.as_bytes()) == ask
    with pytest.raises(ValueError, match="no wish"):
        from_bytes(b"[]")


def test_the_same_address_at_another_centre_is_another_reader(centre):
    other = make_live_centre(name="Een ander")
    first, second = make_news_reader(centre, at=LATER), make_news_reader(other, at=LATER)
    assert first.address_index != second.address_index
    actions.stop_reader(first, by=SYSTEM, at=LATER)
    second.refresh_from_db()
    assert second.ended_at is None


def test_where_nobody_can_read_or_all_is_archived_nothing_is_kept(centre):
    chief = make_actor(Role.IAC_CHIEF)
    archive_centre(centre, by=chief, at=LATER)
    asks = [NewsAsk(centre.pk, "lezer@example.nl", "nl", datetime.now(UTC))]
    assert actions.store_asks(asks, by=SYSTEM, at=LATER, machine_at=asks[0].sent_at) == 0
    open_again(centre, by=chief, at=LATER)
    take_offline(centre, by=chief, at=LATER)
    assert actions.store_asks(asks, by=SYSTEM, at=LATER, machine_at=asks[0].sent_at) == 0
    assert not NewsReader.objects.exists()


def test_a_flood_waits_its_turn_and_nobody_of_it_is_left_out(centre, mailoutbox, monkeypatch):
    monkeypatch.setattr(actions.asking, "slow_mails", lambda: 2)
    for number in range(3):
        make_asked(centre, f"stroom{number}", at=LATER + number * MINUTE, is_flooded=True)
    make_asked(centre, "mens", at=LATER)
    tasks.mail_links()
    assert Message.objects.filter(template="news_confirm").count() == 1
    for expected in (3, 4):
        tasks.each_minute(0)
        assert Message.objects.filter(template="news_confirm").count() == expected


def test_stopping_erases_the_address_at_once_and_what_waits_stays_inside(centre, mailoutbox):
    reader = make_news_reader(centre, at=LATER)
    for _ in range(2):
        actions.stop_reader(reader, by=link_of(reader.pk), at=LATER)
    assert is_erased(reader)
    assert Delivery.objects.get().state == State.WITHDRAWN
    assert attempt_delivery("email", at=LATER + MINUTE) == 0
    reader.refresh_from_db()
    assert (reader.address_index, reader.confirm_hash, reader.ended_at) == (None, None, LATER)
    assert TrailEntry.objects.filter(verb="news.reader_stopped").count() == 1
    assert make_asked(centre, at=LATER).pk != reader.pk, "who asks anew begins anew"
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsReader.objects.filter(pk=reader.pk).update(address_index=b"x")


def test_an_archive_ends_the_news_and_erases_every_address(centre, client, mailoutbox):
    reader, asked = make_news_reader(centre, at=LATER), make_asked(centre, "nieuw", at=LATER)
    _, mail = mailed(centre, mailoutbox, "traag")
    chief = make_actor(Role.IAC_CHIEF)
    tasks.end_readers(TrailEntry.objects.latest("pk").pk)
    assert actions.end_readers(centre.pk, by=SYSTEM, at=LATER) == 0, "it is open"
    archive_centre(centre, by=chief, at=LATER)
    assert client.post(way_in(mail)).status_code == 404, "also before the job has come by"
    entry = TrailEntry.objects.get(verb="centre.archived")
    for _ in range(2):
        tasks.end_readers(entry.pk)
    assert is_erased(reader)
    assert is_erased(asked)
    assert not NewsReader.objects.filter(ended_at=None).exists()
    assert TrailEntry.objects.get(verb="news.readers_ended").facts == {"count": 3}
    tasks.end_readers(0)


def test_what_waits_for_a_link_when_the_centre_went_offline_gets_none(centre):
    reader = make_asked(centre, at=LATER)
    take_offline(centre, by=make_actor(Role.IAC_CHIEF), at=LATER)
    tasks.mail_links()
    reader.refresh_from_db()
    assert (reader.waits_since_at, reader.mailed_at) == (None, None)


def test_in_a_drill_nothing_leaves(centre, mailoutbox):
    keep_inside(centre.incident_id)
    make_asked(centre, at=LATER)
    tasks.mail_links()
    assert attempt_delivery("email", at=LATER + MINUTE) == 0
    assert mailoutbox == []


def test_after_its_term_the_row_goes_too_also_of_a_centre_that_only_went_offline(centre):
    reader = make_news_reader(centre, at=LATER)
    take_offline(centre, by=make_actor(Role.IAC_CHIEF), at=LATER)
    assert not keeping.old_readers(LATER).exists()
    rows = keeping.old_readers(LATER + MINUTE)
    assert list(rows) == [reader]
    assert not rows.exclude(keeping.about_centres(Held(incidents=[centre.incident_id]))).exists()
    keeping.remove_readers(rows, by=SYSTEM, at=LATER)
    assert is_erased(reader)
    assert not NewsReader.objects.exists()


def test_nobody_but_nabij_itself_keeps_mails_or_erases(centre):
    chief = make_actor(Role.IAC_CHIEF)
    for wrong in (
        lambda: actions.store_asks([], by=chief, at=LATER, machine_at=LATER),
        lambda: actions.mail_links(by=chief, at=LATER),
        lambda: actions.end_readers(centre.pk, by=chief, at=LATER),
        lambda: actions.forget_unconfirmed(by=chief, at=LATER),
    ):
        with pytest.raises(PermissionDenied):
            wrong()
