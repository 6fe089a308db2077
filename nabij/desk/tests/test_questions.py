from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from nabij.audit.actor import SYSTEM
from nabij.desk import actions, content, publishing
from nabij.desk.keeping import QUESTIONS, about_incidents
from nabij.desk.likeness import likeness
from nabij.desk.models import DeskQuestion, QuestionState
from nabij.desk.policies import can_answer, questions_visible_to
from nabij.desk.queries.questions import questions_for
from nabij.desk.tests.conftest import EVENING
from nabij.kit import clock
from nabij.notify.models import Message
from nabij.privacy.removal import Held

HOME = "Wanneer mogen wij weer naar huis?"


def text(response):
    return unescape(response.content.decode())


def url(name, *args):
    return reverse(f"desk:{name}", args=args)


def noted(place, words=HOME):
    return actions.note_question(place.incident, words, by=place.rosa, at=EVENING)


@pytest.fixture
def editors(monkeypatch):
    monkeypatch.setattr(publishing, "_takers", [])
    taken = []

    def take(incident_id, question, answer, by, at):
        taken.append((incident_id, question, answer))

    publishing.register(take)
    yield taken
    publishing.forget(take)


@pytest.mark.parametrize(
    ("second", "is_alike"),
    [
        ("Wanneer kunnen we weer naar huis toe?", True), ("wanneer mogen wíj naar huis", True),
        ("Waar kan ik mijn hond halen?", False), ("?!", False), ("", False),
    ],
)  # fmt: skip
def test_questions_that_look_alike_are_known(second, is_alike):
    assert (likeness(HOME, second) >= 45) is is_alike


def test_a_question_is_answered_once_and_then_used_again(place, as_):
    """The issue: questions routed and answered once."""
    client = as_(place.rosa)
    asked = client.post(url("questions", place.incident.pk), {"question": HOME}, follow=True)
    row = DeskQuestion.objects.get()
    assert asked.redirect_chain[-1][0] == url("question", row.pk)
    assert HOME.encode() not in bytes(row.question_sealed)
    client.post(url("answer", row.pk), {"answer": "Dat horen wij morgen om tien uur."})
    page = as_(place.tim).post(
        url("questions", place.incident.pk), {"question": "Wanneer kunnen we weer naar huis?"}
    )
    assert page.status_code == 422
    assert "Dat horen wij morgen om tien uur." in text(page)
    again = client.post(url("same", row.pk), follow=True)
    assert "2 keer" in text(again)
    assert "Rosa Vink" in text(again)
    assert DeskQuestion.objects.count() == 1
    other = {"question": "Wanneer kunnen we weer naar huis?", "is_other": "on"}
    client.post(url("questions", place.incident.pk), other)
    assert DeskQuestion.objects.count() == 2


def test_a_name_is_hinted_and_what_was_typed_stays(place, as_):
    page = as_(place.rosa).post(
        url("questions", place.incident.pk), {"question": "Hoe is het met mevrouw Jansen?"}
    )
    assert page.status_code == 422
    assert "Staat hier een naam?" in text(page)
    assert "mevrouw Jansen" in text(page)
    assert not DeskQuestion.objects.exists()


def test_a_question_goes_to_a_partner_whose_clock_runs_and_the_lead_hears_when_it_is_late(place, as_):
    row = noted(place)
    client = as_(place.rosa)
    assert client.post(url("route", row.pk), {"partner": "leger"}).status_code == 422
    client.post(url("route", row.pk), {"partner": "municipality"})
    row.refresh_from_db()
    assert row.state == QuestionState.ROUTED
    assert "Gemeente" in text(client.get(url("questions", place.incident.pk)))
    late = EVENING + timedelta(hours=9)
    assert actions.tell_late(by=SYSTEM, at=late) == 1
    assert Message.objects.get(template="desk_late").recipient_id == place.lot.id
    assert questions_for(place.incident, place.rosa, late)[0].is_late


def test_an_answer_is_offered_to_the_editors_once(place, as_, editors):
    row = noted(place)
    with pytest.raises(ValidationError, match="met een antwoord"):
        actions.offer_question(row, by=place.rosa, at=EVENING)
    assert "Alleen een vraag" in text(as_(place.rosa).post(url("offer", row.pk), follow=True))
    actions.answer_question(row, "Morgen.", by=place.rosa, at=EVENING)
    client = as_(place.rosa)
    assert "Maak openbaar" in text(client.get(url("question", row.pk)))
    for _ in range(2):
        client.post(url("offer", row.pk))
    assert editors == [(place.incident.pk, HOME, "Morgen.")]
    assert "aangeboden aan de redactie" in text(client.get(url("question", row.pk)))


def test_without_editors_nothing_is_offered(place, monkeypatch):
    monkeypatch.setattr(publishing, "_takers", [])
    row = actions.answer_question(noted(place), "Morgen.", by=place.rosa, at=EVENING)
    with pytest.raises(ValidationError):
        actions.offer_question(row, by=place.rosa, at=EVENING)


def test_who_comes_second_is_told_and_keeps_what_was_typed(place, as_):
    row = noted(place)
    for words in ("", "   "):
        with pytest.raises(ValidationError):
            actions.answer_question(row, words, by=place.rosa, at=EVENING)
    with pytest.raises(ValidationError):
        actions.route_question(row, "leger", by=place.rosa, at=EVENING)
    actions.answer_question(row, "Morgen.", by=place.tim, at=EVENING)
    page = as_(place.rosa).post(url("answer", row.pk), {"answer": "Overmorgen."})
    assert page.status_code == 422
    page = as_(place.rosa).post(url("route", row.pk), {"partner": "ggd"})
    assert page.status_code == 422
    row.refresh_from_db()
    assert row.state == QuestionState.ANSWERED


def test_questions_are_of_the_desk_alone(place, as_):
    row = noted(place)
    for actor in (place.zuid, place.els, place.vera, place.owen, SYSTEM):
        assert not can_answer(actor, row, EVENING)
        assert not DeskQuestion.objects.filter(questions_visible_to(actor, EVENING)).exists()
        for act in (actions.ask_same, actions.offer_question):
            with pytest.raises(PermissionDenied):
                act(row, by=actor, at=EVENING)
        with pytest.raises(PermissionDenied):
            actions.answer_question(row, "x", by=actor, at=EVENING)
        with pytest.raises(PermissionDenied):
            actions.note_question(place.incident, "x", by=actor, at=EVENING)
    assert as_(place.zuid).get(url("question", row.pk)).status_code == 404
    assert as_(place.els).get(url("questions", place.incident.pk)).status_code == 403


def test_after_its_term_a_question_can_be_read_by_nobody(place):
    row = noted(place)
    assert DeskQuestion.objects.filter(about_incidents(Held(incidents=[place.incident.pk]))).get() == row
    QUESTIONS.remove(QUESTIONS.rows(EVENING + timedelta(days=1)), by=SYSTEM, at=EVENING)
    assert questions_for(place.incident, place.rosa, EVENING)[0].question == "(gewist)"
    assert not QUESTIONS.rows(EVENING + timedelta(days=1)).exists()


def test_a_question_of_the_press_goes_to_the_spokesperson_and_no_person_ever_does(place, as_):
    row, client = noted(place, "Ik ben journalist. Hoeveel mensen zijn er gewond?"), as_(place.rosa)
    assert "vragen van de pers" in text(client.get(url("question", row.pk)))
    shown = text(client.post(url("route", row.pk), {"partner": "press"}, follow=True))
    assert "bij een partner: Woordvoerder of media-adviseur (vragen van de pers)" in shown
    row.refresh_from_db()
    assert (row.state, row.partner) == (QuestionState.ROUTED, "press")
    assert timedelta(0) < row.due_at - clock.now() <= timedelta(minutes=60)
    assert "press" not in dict(content.partners()), "a need, with a name, cannot be passed there"


def test_an_answer_that_nobody_takes_yet_can_be_offered_later(place, as_):
    row = actions.answer_question(noted(place), "Morgen.", by=place.rosa, at=EVENING)
    told = text(as_(place.rosa).post(url("offer", row.pk), follow=True))
    assert "nog geen IAC" in told
    row.refresh_from_db()
    assert row.offered_at is None
