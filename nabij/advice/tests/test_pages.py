from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nabij.advice import content
from nabij.advice.actions import (
    answer_question,
    keep_contacts,
    log_call,
    name_contact,
    take_question,
    tell_partner,
)
from nabij.advice.factories import make_call, make_question
from nabij.advice.models import AdviceQuestion, LineCall, PartnerNotice
from nabij.advice.tests.conftest import MONDAY
from nabij.audit.actor import SYSTEM
from nabij.incidents.factories import make_incident
from nabij.incidents.models import HelpRequest, Incident
from nabij.kit import clock
from nabij.notify.factories import make_contact_point

pytestmark = pytest.mark.django_db
QUESTION = {"topic": "EVT-13", "question": "Hoe lang blijven mensen bang?", "urgency": "tomorrow"}
CALL = {
    "caller": "school", "topic": "EVT-13", "question": "Wat zeggen wij in de klas?",
    "answer": "Vertel wat er is.", "function": "directeur", "minutes": "12", "municipality": "GM9001",
}  # fmt: skip


def text(response):
    return unescape(response.content.decode())


def url(name, *args):
    return reverse(f"advice:{name}", args=args)


def test_an_official_asks_and_reads_the_answer_with_function_and_date(place, as_):
    """SVC-05, from question to note."""
    asked = as_(place.els).post(url("ask"), QUESTION)
    question = AdviceQuestion.objects.get()
    assert asked.url == url("question", question.pk)
    desk = as_(place.noor)
    assert question.reference in text(desk.get(reverse("front:desk")))
    desk.post(url("take", question.pk))
    assert "opgepakt" in text(desk.get(url("questions")))
    assert desk.post(asked.url, {"advice": "Een paar weken. <b>Ga langs.</b>"}).status_code == 302
    shown = as_(place.els).get(asked.url).content.decode()
    assert "medewerker advieslijn" in shown
    assert "&lt;b&gt;Ga langs." in shown
    assert "Noor Wessels" not in shown


def test_what_was_typed_stays_and_the_message_stands_beside_the_field(place, as_):
    client = as_(place.els)
    response = client.post(url("ask"), QUESTION | {"topic": "", "wanted_at": "morgen"})
    assert response.status_code == 422
    for words in (
        "Kies waar het over gaat.",
        "Hoe lang blijven mensen bang?",
        "Vul een datum en een tijd in",
    ):
        assert words in text(response)
    late = client.post(url("ask"), QUESTION | {"wanted_at": "2020-01-01T10:00"})
    assert "Dit moment is voorbij." in text(late)
    assert not AdviceQuestion.objects.exists()


def test_a_name_in_a_question_is_hinted_once_and_then_believed(place, as_):
    client, named = as_(place.els), QUESTION | {"question": "Hoe help ik mevrouw Jansen?"}
    hint = client.post(url("ask"), named)
    assert hint.status_code == 422
    assert "Staat hier een naam?" in text(hint)
    assert 'type="checkbox" name="has_looked"' in text(hint)
    assert "mevrouw Jansen" in text(hint)
    assert client.post(url("ask"), named | {"has_looked": "on"}).status_code == 302


def test_a_question_is_asked_from_the_room_of_an_event_that_one_sees(place, as_):
    assert f'value="{place.incident.pk}" selected' in text(
        as_(place.els).get(url("ask_at", place.incident.pk))
    )
    hidden = make_incident(by=place.joost, municipalities=(place.duinrand,), at=MONDAY)
    client = as_(place.els)
    assert client.get(url("ask_at", hidden.pk)).status_code == 404
    assert client.post(url("ask"), QUESTION | {"incident": hidden.pk}).status_code == 422
    client.post(url("ask"), QUESTION | {"incident": place.incident.pk})
    question = AdviceQuestion.objects.get()
    assert place.incident.reference in text(client.get(url("question", question.pk)))


def test_a_question_of_another_municipality_is_not_found(place, as_):
    question = make_question(by=place.els, at=MONDAY)
    for actor in (place.joost, place.femke, place.vera):
        client = as_(actor)
        assert client.get(url("question", question.pk)).status_code == 404
        assert client.post(url("take", question.pk)).status_code == 404
    assert question.reference not in text(as_(place.joost).get(url("questions")))


def test_who_asked_cannot_answer(place, as_):
    question = make_question(by=place.els, at=MONDAY)
    client = as_(place.els)
    assert 'name="advice"' not in text(client.get(url("question", question.pk)))
    assert client.post(url("question", question.pk), {"advice": "Zelf."}).status_code == 403


def test_a_colleague_who_was_later_reads_who_was_first_and_keeps_the_words(place, as_):
    question = make_question(by=place.els, at=MONDAY)
    take_question(question, by=place.olaf, at=MONDAY)
    client = as_(place.noor)
    assert 'name="advice"' not in text(client.get(url("question", question.pk)))
    assert "al opgepakt" in text(client.post(url("take", question.pk), follow=True))
    late = client.post(url("question", question.pk), {"advice": "Mijn woorden."})
    assert late.status_code == 422
    assert "Mijn woorden." in text(late)
    assert "Schrijf uw advies op." in text(client.post(url("question", question.pk), {"advice": " "}))


def test_a_late_question_says_so_on_both_desks(place, as_):
    make_question(by=place.els, at=clock.now() - timedelta(days=9))
    for actor in (place.els, place.noor):
        assert "te laat" in text(as_(actor).get(reverse("front:desk")))
        assert "te laat" in text(as_(actor).get(url("question", AdviceQuestion.objects.get().pk)))


@pytest.mark.parametrize("name", ["questions", "ask", "line", "log"])
def test_a_volunteer_opens_no_page_of_advice(place, as_, name):
    assert as_(place.vera).get(url(name)).status_code == 403


def test_who_asks_sees_which_door_is_open_now(place, as_):
    """CHN-01: the advice line, with its hours; the desk itself needs no door."""
    assert "Liever bellen?" in text(as_(place.els).get(url("questions")))
    assert "Liever bellen?" not in text(as_(place.noor).get(url("questions")))


def test_empty_pages_say_what_comes_here(place, as_):
    assert "Nog geen vragen" in text(as_(place.els).get(url("questions")))
    assert "Uw gemeente wacht op geen antwoord." in text(as_(place.els).get(url("waiting")))
    assert "Er wacht geen adviesvraag." in text(as_(place.noor).get(url("waiting")))
    assert "Nog geen gesprekken" in text(as_(place.noor).get(url("line")))


def test_a_call_on_the_line_becomes_an_event_in_one_step(place, as_):
    """SVC-12: the words go along, not in the address; sent twice it is one event."""
    client = as_(place.noor)
    made = client.post(url("log"), CALL)
    call = LineCall.objects.get()
    assert made.url == url("call", call.pk)
    step = reverse("on_call:ask_from", args=[call.pk])
    assert step in text(client.get(made.url))
    form = client.get(step).context["form"]
    given = {name: form[name].value() for name in form.fields}
    assert given["remarks"] == "Wat zeggen wij in de klas?\n\nVertel wat er is."
    assert (given["caller_kind"], given["job_title"], given["asker"]) == ("school", "directeur", "")
    filled = {name: value for name, value in given.items() if value not in (None, False)} | {
        "asker": "Directeur", "urgency": "not_urgent", "wanted": ["advice"], "call_back": "0600000001",
        "happened_at": "",
    }  # fmt: skip
    before = Incident.objects.count()
    assert client.post(step, filled).status_code == 302
    assert client.post(step, filled).status_code == 302
    assert Incident.objects.count() == before + 1
    incident = HelpRequest.objects.get(form_key=call.pk).incident
    assert incident.reference in text(client.get(made.url))
    assert step not in text(client.get(made.url))
    assert incident.reference in text(client.get(url("line")))


def test_a_call_is_not_found_by_who_is_not_of_the_desk(place, as_, said):
    call = log_call(said, by=place.noor, at=MONDAY)
    for actor in (place.els, place.vera, place.femke):
        assert as_(actor).get(url("call", call.pk)).status_code == 404
    for actor in (place.els, place.femke):
        assert as_(actor).get(reverse("on_call:ask_from", args=[call.pk])).status_code == 404


def test_a_call_with_wrong_input_is_not_logged(place, as_):
    client = as_(place.noor)
    wrong = client.post(url("log"), CALL | {"minutes": "lang", "answer": "Ik bel meneer Bakker"})
    assert wrong.status_code == 422
    assert "Staat hier een naam?" in text(wrong)
    assert "Wat zeggen wij in de klas?" in text(wrong)
    assert not LineCall.objects.exists()


def test_the_counts_per_month_stand_below_the_calls(place, as_, said):
    log_call(said, by=place.noor, at=MONDAY)
    assert "1-2027" in text(as_(place.noor).get(url("line")))


def test_the_room_of_an_event_shows_the_pair_and_who_was_not_told_yet(place, as_):
    """SVC-03 and SVC-04 in the room."""
    make_contact_point(place.olaf.id, value="0600000042")
    client, room = as_(place.els), reverse("incidents:room", args=[place.incident.pk])
    assert "nog geen vaste contactpersonen" in text(client.get(room))
    name_contact(place.district, place.olaf.id, by=place.olaf, at=MONDAY)
    keep_contacts(place.incident, by=SYSTEM, at=MONDAY)
    shown = text(client.get(room))
    for words in ("Olaf Kruit", "0600000042", "nog niemand", "nog niet</strong>: Politie, Brandweer"):
        assert words in shown
    assert url("ask_at", place.incident.pk) in shown
    tell_partner(place.incident, "police", MONDAY, by=place.els, at=MONDAY)
    assert "nog niet</strong>: Brandweer, GGD en GHOR" in text(client.get(room))
    other = text(as_(place.ravi).get(room))
    assert "0600000042" not in other
    assert "nog niet" in other
    assert as_(place.ravi).get(url("at_incident", place.incident.pk)).status_code == 403
    assert as_(place.joost).get(url("at_incident", place.incident.pk)).status_code == 404


def test_a_side_names_its_contact_on_the_page_of_the_district(place, as_):
    client, back = as_(place.olaf), reverse("knowledge:district", args=[place.district.pk])
    assert url("name_contact", place.district.pk) in text(client.get(back))
    wrong = client.post(url("name_contact", place.district.pk), {"membership": place.els.id})
    assert wrong.status_code == 422
    assert client.post(url("name_contact", place.district.pk), {"membership": place.olaf.id}).url == back
    client.post(url("name_contact", place.district.pk), {"membership": place.olaf.id})
    assert "Olaf Kruit" in text(client.get(back))
    assert as_(place.joost).get(url("name_contact", place.district.pk)).status_code == 404


def test_who_manages_takes_over_the_pair_of_the_district(place, as_):
    client = as_(place.els)
    name_contact(place.district, place.els.id, by=place.els, at=MONDAY)
    assert "Els Tuinman" in text(client.get(url("renew", place.incident.pk)))
    assert client.post(url("renew", place.incident.pk)).status_code == 302
    assert as_(place.ravi).get(url("renew", place.incident.pk)).status_code == 403
    nowhere = make_incident(by=place.els, district="", place="Lege Weg", at=MONDAY)
    assert "geen wijk die wij kennen" in text(as_(place.els).get(url("renew", nowhere.pk)))


def test_a_partner_is_written_down_and_taken_back(place, as_):
    now = clock.now()
    incident = make_incident(by=place.els, happened_at=now - timedelta(hours=3), at=now)
    client, page = as_(place.els), url("partners", incident.pk)
    assert "nog niet" in text(client.get(page))
    wrong = client.post(page, {"partner": "ghor", "informed_at": "2099-01-01T10:00"})
    assert wrong.status_code == 422
    assert "moet nog komen" in text(wrong)
    an_hour_ago = clock.local(now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(page, {"partner": "ghor", "informed_at": an_hour_ago}).status_code == 302
    assert "Wijkmanager Vogelwijk" in text(client.get(page))
    gone = client.post(url("take_back", incident.pk, "ghor"), follow=True)
    assert "deze partner is nog niet ingelicht" in text(gone)
    assert client.post(url("take_back", incident.pk, "ghor")).status_code == 302
    assert not PartnerNotice.objects.exists()
    assert as_(place.ravi).get(page).status_code == 403
    assert as_(place.joost).get(page).status_code == 404


@pytest.mark.parametrize("name", ["questions", "line", "waiting"])
def test_a_list_asks_as_much_for_one_row_as_for_five(place, as_, name):
    client = as_(place.noor)

    def more():
        question = make_question(by=place.els, at=MONDAY)
        if AdviceQuestion.objects.count() % 2:
            answer_question(question, "Ga langs.", by=place.noor, at=MONDAY)
        make_question(by=place.els, at=MONDAY)
        make_call(by=place.noor, at=MONDAY, municipality_code="GM9001")

    def queries():
        client.get(url(name))
        with CaptureQueriesContext(connection) as seen:
            client.get(url(name))
        return len(seen)

    more()
    one = queries()
    for _ in range(4):
        more()
    assert queries() == one


def test_from_the_room_of_an_older_event_that_event_is_chosen_too(place, as_):
    for hours in range(1, content.most("open_incidents") + 1):
        make_incident(by=place.els, at=MONDAY + timedelta(hours=hours))
    address = url("ask_at", place.incident.pk)
    assert f'value="{place.incident.pk}" selected' in text(as_(place.els).get(address))
    as_(place.els).post(address, QUESTION | {"incident": place.incident.pk})
    assert AdviceQuestion.objects.get().incident == place.incident


def test_the_page_offers_a_question_that_a_colleague_left_behind(place, as_):
    question = make_question(by=place.els, at=clock.now())
    take_question(question, by=place.olaf, at=clock.now())
    address = url("question", question.pk)
    assert "Ik pak deze op" not in text(as_(place.noor).get(address))
    place.olaf_membership.ends_at = clock.now()
    place.olaf_membership.save()
    assert "Ik pak deze op" in text(as_(place.noor).get(address))
