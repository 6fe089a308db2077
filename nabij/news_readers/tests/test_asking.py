"""Asking for the news with only an address: served without a database, the same answer for everybody."""

from datetime import UTC, datetime
from html import unescape
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.centres.actions import archive_centre
from nabij.centres.models import Language
from nabij.centres.pages import public_pages
from nabij.kit.content import load_toml
from nabij.news_readers import content, draining, pages, views
from nabij.news_readers.asks import from_bytes
from nabij.news_readers.models import NewsReader
from nabij.notify.models import ContactPoint
from nabij.people.models import Person, Registration
from nabij.spool import segments
from nabij.spool import writing as spool
from nabij.spool.writing import Spool, frame

HERE = {"Origin": "http://testserver"}


@pytest.fixture
def client(web):
    return Client(headers=HERE)


def ask(client, email="Lezer@Example.nl", centre_id=None, language="nl", **more):
    way = reverse("news_readers:ask", args=[centre_id or uuid4(), language])
    return client.post(way, {"email": email, **more})


def kept():
    folder = spool.folder() / "news"
    return [piece for path in segments.segments(folder) for piece in segments.pieces(path, 0, is_final=False)]


def test_an_address_is_kept_without_any_database_and_the_web_process_cannot_read_it_back(client):
    answer = ask(client)
    assert (answer.status_code, bool(answer.cookies)) == (200, False)
    assert "Kijk in uw mailbox" in answer.content.decode()
    [piece] = kept()
    assert b"example.nl" not in piece.content.lower()
    assert not segments.segments(spool.folder()), "registrations have their own folder"


def test_the_answer_is_the_same_for_every_address_and_for_a_program_in_the_trap(client):
    answers = {ask(client, email).content for email in ("a@example.nl", "b@example.nl", "a@example.nl")}
    assert len(kept()) == 3
    answers.add(ask(client, website="http://koop.example").content)
    assert len(answers) == 1
    assert len(kept()) == 3, "what a program sent is not kept"


@pytest.mark.parametrize("typed", ["", "geen adres", "x" * 250 + "@example.nl", "a@example.nl\x00"])
def test_what_is_no_address_is_said_beside_the_field_and_what_was_typed_stays(client, typed):
    wrong = ask(client, typed)
    html = unescape(wrong.content.decode())
    assert wrong.status_code == 422
    assert "Dit is geen e-mailadres. Voorbeeld: naam@voorbeeld.nl." in html
    assert typed.strip("\x00") in html
    assert kept() == []


def test_a_form_of_another_site_and_one_far_too_big_are_refused(web, client, settings):
    foreign = Client(headers={"Sec-Fetch-Site": "cross-site"})
    refused = ask(foreign)
    assert refused.status_code == 403
    assert "kwam niet van onze eigen pagina" in refused.content.decode()
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    assert ask(client, **{f"x{number}": "1" for number in range(5)}).status_code == 413
    assert kept() == []


def test_a_full_disk_is_said_and_the_address_stays_in_the_field(client, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left")

    monkeypatch.setattr(spool, "append", full)
    answer = ask(client, "lezer@example.nl")
    html = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Uw adres is niet bewaard" in html
    assert 'value="lezer@example.nl"' in html


def test_a_shelter_on_one_wifi_is_not_punished_and_a_flood_is_answered_slowly(client, drain_key, monkeypatch):
    monkeypatch.setattr(views, "flood", lambda: {"seconds": 600, "forms": 3})
    assert {ask(client, f"lezer{number}@example.nl").status_code for number in range(5)} == {200}
    drain_key()
    asks = [from_bytes(views.envelope.open_envelope(piece.content)) for piece in kept()]
    assert [each.is_flooded for each in asks] == [False, False, False, True, True]
    assert content.flood()["forms"] >= 300


@pytest.mark.django_db
def test_the_drain_of_registrations_reads_it_and_no_registration_comes_of_it(client, centre, drain_key):
    ask(client, centre_id=centre.pk)
    ask(client, "ander@example.nl", uuid4())
    drain_key()
    for _ in range(2):
        call_command("drain_spool", "--once")
    reader = NewsReader.objects.get()
    assert (reader.centre, reader.language, reader.confirmed_at) == (centre, "nl", None)
    [point] = ContactPoint.objects.filter(subject_id=reader.pk)
    assert b"example" not in bytes(point.value_sealed)
    assert not Registration.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_what_is_no_wish_is_set_aside_and_stops_nobody(client, centre, drain_key):
    writer = Spool(spool.folder() / "news")
    writer.append(b"niets")
    writer.append(views.envelope.close(b'{"news": 1}'))
    for language in ("nl", "far-too-long"):
        ask = views.NewsAsk(centre.pk, f"{language}@example.nl", language, datetime.now(UTC))
        writer.append(views.envelope.close(ask.as_bytes()))
    writer.close()
    [segment] = segments.segments(spool.folder() / "news")
    drain_key()
    with segment.open("ab") as damaged:
        damaged.write(b"NBJ1 scheef" + frame(b"ook niets") + b"NBJ1 half")
    call_command("drain_spool", "--once")
    assert NewsReader.objects.count() == 1
    assert not segment.exists()
    assert segments.set_aside_count(spool.folder()) == 5, "all but the good one, and the half one at the end"


@pytest.mark.django_db
def test_a_process_that_is_killed_reads_again_and_mails_nobody_twice(client, centre, drain_key):
    for number in range(3):
        ask(client, f"lezer{number}@example.nl", centre.pk)
    drain_key()
    draining.drain_asks(spool.folder())
    draining._read.clear()
    assert draining.drain_asks(spool.folder()) == 0
    assert [reader.asks for reader in NewsReader.objects.all()] == [1, 1, 1]


@pytest.mark.django_db
def test_the_page_stands_beside_each_open_centre_in_its_languages_and_carries_nothing_of_a_visitor(centre):
    found = {page.path: page for page in pages.ask_pages()}
    assert list(found) == [f"{centre.path}nieuws/", f"/en{centre.path}nieuws/"]
    dutch, english = (page.render() for page in found.values())
    assert dutch == found[f"{centre.path}nieuws/"].render()
    assert f'action="/nieuws/vragen/{centre.pk}/nl/"' in dutch
    assert centre.name in dutch
    assert "csrf" not in dutch
    assert f'href="{centre.path}aanmelden/"' in dutch
    assert "Send me the news" in english
    home = next(page for page in public_pages() if page.path == centre.path).render()
    assert f'href="{centre.path}nieuws/"' in home
    archive_centre(centre, by=make_actor(Role.IAC_CHIEF), at=centre.live_at)
    assert list(pages.ask_pages()) == []
    home = next(page for page in public_pages() if page.path == centre.path).render()
    assert "nieuws/" not in home


@pytest.mark.django_db
def test_an_exercise_says_so_on_the_page(centre):
    centre.incident.is_exercise = True
    centre.incident.save()
    assert "noindex" in next(iter(pages.ask_pages())).render()


def test_every_word_is_there_in_every_language_and_nothing_is_dutch():
    words = load_toml(content.DATA / "asking.toml")["words"]
    assert set(words) == set(Language.values)
    for language in set(words) - {"nl"}:
        assert set(words[language]) == set(words["nl"])
        assert not {name for name in words["nl"] if words[language][name] == words["nl"][name]}
        assert "{hours}" in words[language]["asked_erased"]


@pytest.mark.parametrize("language", Language.values)
def test_question_and_answers_are_in_the_language_of_the_page(client, language):
    text = content.words(language)
    wrong, right = ask(client, "x", language=language), ask(client, language=language)
    for html in (wrong.content.decode(), right.content.decode()):
        assert f'<html lang="{language}"' in html
    assert text["bad_address"] in unescape(wrong.content.decode())
    assert "Kijk dit na" not in wrong.content.decode() or language == "nl"
    assert text["asked_title"] in right.content.decode()
    assert ask(client, language="xx").status_code == 200
