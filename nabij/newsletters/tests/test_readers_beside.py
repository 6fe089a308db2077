"""News for who only gave an address: the same words, once, and gone in one step."""

from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.centres.actions import withdraw_version
from nabij.centres.factories import make_live_centre, make_news
from nabij.news_readers.actions import stop_reader
from nabij.news_readers.factories import make_asked, make_news_reader
from nabij.news_readers.models import NewsReader
from nabij.newsletters import actions
from nabij.newsletters.factories import make_reader
from nabij.newsletters.models import MailState, NewsIssue, NewsMail
from nabij.newsletters.printing import sheet_of
from nabij.newsletters.queries.news import reach_of
from nabij.newsletters.tests.conftest import LATER
from nabij.newsletters.tests.mailing import SOON, address_in, correct, newest, run_jobs
from nabij.notify.actions import attempt_delivery
from nabij.notify.models import ContactPoint, Message
from nabij.people.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


def news_to(reader):
    return Message.objects.filter(recipient_id=reader.pk).exclude(template="news_confirm")


def test_who_confirmed_an_address_gets_the_published_words_and_stops_in_one_step(centre, mailoutbox, client):
    reader = make_news_reader(centre, at=LATER)
    not_confirmed = make_asked(centre, "nog-niet", at=LATER)
    elsewhere = make_news_reader(make_live_centre(name="Een ander"), at=LATER)
    make_news(centre, "Het vuur is uit.", at=LATER)
    done = run_jobs()
    assert [each.recipient_id for each in NewsMail.objects.all()] == [reader.pk]
    attempt_delivery("email", at=SOON)
    [mail] = [each for each in mailoutbox if "Het vuur is uit." in each.body]
    assert mail.to == ["lezer@example.nl"]
    way = address_in(mail.extra_headers["List-Unsubscribe"])
    assert "Stuur mij geen nieuws meer" in client.get(way).content.decode()
    strict = type(client)(enforce_csrf_checks=True)
    for _ in range(2):
        html = strict.post(way, {"List-Unsubscribe": "One-Click"}).content.decode()
        assert "Wij hebben uw adres gewist" in html
        assert "/mijn/" not in html
    assert "Wij hebben uw adres gewist" in client.get(way).content.decode()
    assert bytes(ContactPoint.objects.get(subject_id=reader.pk).value_sealed) == b""
    make_news(centre, "Iedereen mag naar huis.", at=LATER)
    run_jobs(done)
    for whom, number in ((reader, 1), (not_confirmed, 0), (elsewhere, 0)):
        assert news_to(whom).count() == number
    assert not Registration.objects.exists()


def test_each_reads_their_own_language_a_correction_and_a_withdrawal(centre):
    polish, english = (make_news_reader(centre, each, at=LATER, language=each) for each in ("pl", "en"))
    make_news(centre, "Het vuur is uit.", "The fire is out.", at=LATER)
    done = run_jobs()
    languages = {mail.reader_id: mail.issue.version.text.language for mail in NewsMail.objects.all()}
    assert languages == {polish.pk: "nl", english.pk: "en"}
    dutch = NewsIssue.objects.get(version__text__language="nl").version
    later = correct(dutch, "Het vuur is bijna uit.")
    done = run_jobs(done)
    withdraw_version(later, reason="Klopt niet", by=make_actor(Role.IAC_EDITOR), at=LATER)
    attempt_delivery("email", at=SOON)
    run_jobs(done)
    assert news_to(polish).filter(template="news_corrected").count() == 1


def test_who_got_it_by_mail_hears_that_it_was_withdrawn_and_who_stopped_does_not(centre, client):
    stays, stops = (make_news_reader(centre, each, at=LATER) for each in ("blijft", "stopt"))
    make_news(centre, at=LATER)
    done = run_jobs()
    attempt_delivery("email", at=SOON)
    NewsReader.objects.filter(pk=stops.pk).update(
        ended_at=SOON, address_index=None, confirm_hash=None, waits_since_at=None
    )
    withdraw_version(newest(), reason="Klopt niet", by=make_actor(Role.IAC_EDITOR), at=SOON)
    run_jobs(done)
    assert [news_to(each).filter(template="news_withdrawn").count() for each in (stays, stops)] == [1, 0]


def test_who_registered_and_asked_besides_with_the_same_address_gets_it_once_and_stops_both(
    centre, mailoutbox, client
):
    reader = make_news_reader(centre, "bo", at=LATER)
    registered = make_reader(centre.incident_id, "bo")
    make_news(centre, at=LATER)
    done = run_jobs()
    assert [each.person_id for each in NewsMail.objects.all()] == [registered.person_id]
    attempt_delivery("email", at=SOON)
    way = address_in(next(mail for mail in mailoutbox if "stoppen" in mail.body).body)
    assert "Toch weer nieuws" in unescape(client.post(way).content.decode())
    reader.refresh_from_db()
    assert reader.ended_at is not None
    make_news(centre, "Nog iets.", at=LATER)
    run_jobs(done)
    assert NewsMail.objects.count() == 1


def test_who_stops_while_a_mail_to_many_is_under_way_is_left_out(centre, client):
    reader = make_news_reader(centre, at=LATER)
    make_news(centre, at=LATER)
    issue = actions.begin_news(newest(), by=SYSTEM, at=LATER)
    stop_reader(reader, by=SYSTEM, at=LATER)
    actions.carry_out_news(issue, by=SYSTEM, at=LATER)
    assert NewsMail.objects.get().state == MailState.DROPPED


def test_the_editors_see_numbers_and_no_address(centre, log_in):
    make_news_reader(centre, at=LATER)
    make_asked(centre, "nog-niet", at=LATER)
    make_reader(centre.incident_id)
    found = reach_of(centre)
    assert (found.reachable, found.beside.confirmed, found.beside.unconfirmed) == (1, 1, 1)
    page = reverse("newsletters:news", args=[centre.pk])
    html = unescape(log_in(Role.IAC_EDITOR).get(page).content.decode())
    assert "1 adres krijgt het zonder aanmelding." in html
    assert "1 adres is nog niet bevestigd." in html
    assert "@" not in html.split("<main")[1]


def test_a_news_mail_is_to_a_person_or_to_a_reader_and_once_to_each(centre):
    reader = make_news_reader(centre, at=LATER)
    registered = make_reader(centre.incident_id)
    make_news(centre, at=LATER)
    run_jobs()
    issue = NewsIssue.objects.get()
    for wrong in (
        {"reader": reader},
        {"reader": reader, "person_id": registered.person_id},
        {},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            NewsMail.objects.create(issue=issue, **wrong)
    with pytest.raises(ValueError, match="person or to a reader"):
        _ = NewsMail(issue=issue).recipient_id


def test_on_paper_stands_no_button_that_leads_nowhere(centre):
    assert all(not block.url for block in sheet_of(centre, "nl")["blocks"])
