"""The pages of meetings and counts, as the municipality and victim support see them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.accounts.factories import make_membership
from nabij.accounts.models import Membership, Municipality
from nabij.accounts.roles import Role
from nabij.kit import clock
from nabij.meetings import actions
from nabij.meetings.models import FollowUp, Meeting, Question
from nabij.meetings.tests.conftest import MONDAY, make_held, make_meeting

pytestmark = pytest.mark.django_db
BASE = "/werk/bijeenkomsten/"
NAME, NAMED = "Mevrouw Jansen wil dit weten", "“Mevrouw Jansen”"


@pytest.fixture(autouse=True)
def yesterday(street):
    """By the clock of the pages the event was yesterday."""
    street.incident.happened_at = clock.now() - timedelta(days=1)
    street.incident.save(update_fields=["happened_at"])


@pytest.fixture
def as_(client):
    def log_in(actor):
        client.force_login(Membership.objects.get(pk=actor.id).user)
        return client

    return log_in


def seen(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def soon(hours=24):
    return (clock.local(clock.now()) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def begun(meeting):
    """The meeting began an hour ago, by the clock of the pages."""
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now() - timedelta(hours=1))
    return meeting


def test_from_planning_to_a_published_message_that_can_be_printed(street, as_):
    client = as_(street.nadia)
    room = seen(client, f"/werk/gebeurtenissen/{street.incident.pk}/")
    assert "Bijeenkomst plannen" in room
    address = f"{BASE}gebeurtenis/{street.incident.pk}/plannen/"
    seen(client, address)
    form = {"audience": "residents", "where": "Sporthal De Zilvermeeuw", "starts_at": soon()}
    made = client.post(address, form)
    text = seen(client, made.url)
    assert "Vraag steun aan Slachtofferhulp" in text
    assert "T-INV-MEET" in text
    assert "Er is nog geen bijeenkomst" not in seen(client, f"{BASE}gebeurtenis/{street.incident.pk}/")
    client.post(f"{made.url}steun/", {"number": "3"})
    begun(Meeting.objects.get())
    assert "Hoeveel mensen waren er?" in seen(client, made.url)
    client.post(f"{made.url}geteld/", {"present": "63"})
    again = client.post(f"{made.url}vraag/", {"text": "Mogen we terug", "owner": "police", "nog": "ja"})
    assert again.url == f"{made.url}vraag/"
    assert "nog geen antwoord" in seen(client, f"{made.url}publiceren/")
    refused = client.post(f"{made.url}publiceren/", {})
    assert refused.status_code == 422
    assert "zonder antwoord" in refused.content.decode()
    client.post(f"{BASE}vraag/{Question.objects.get().pk}/", {"answer": "Ja, vrijdag."})
    message = client.post(f"{made.url}publiceren/", {}, follow=True).content.decode()
    for words in ("versie 1", "Mogen we terug", "Ja, vrijdag.", "Antwoord van: politie", "0900-0101"):
        assert words in message
    text = seen(client, made.url)
    assert ("63" in text, "Publiceer" in text) == (True, False)


def test_a_correction_shows_itself_and_the_first_version_points_at_it(street, as_):
    meeting = begun(make_held(street, 2))
    first = actions.publish_answers(meeting, "", by=street.nadia, at=clock.now())
    client = as_(street.nadia)
    client.post(f"{BASE}vraag/{meeting.questions.get(number=2).pk}/", {"answer": "Toch zaterdag."})
    assert "daarna gewijzigd" in seen(client, f"{BASE}{meeting.pk}/")
    assert "Wat is er anders?" in seen(client, f"{BASE}{meeting.pk}/publiceren/")
    refused = client.post(f"{BASE}{meeting.pk}/publiceren/", {"why": ""})
    assert "Schrijf op wat er anders is" in refused.content.decode()
    text = client.post(f"{BASE}{meeting.pk}/publiceren/", {"why": "De dag"}, follow=True).content.decode()
    assert text.count('badge--active">gewijzigd') == 1
    assert "De dag" in text
    assert "Er is een nieuwere versie" in seen(client, f"{BASE}bericht/{first.pk}/")


def test_wrong_input_stands_beside_its_field_and_what_was_typed_stays(street, as_):
    meeting, client = begun(make_held(street, 1)), as_(street.nadia)
    question = meeting.questions.get()
    plan = f"{BASE}gebeurtenis/{street.incident.pk}/plannen/"
    other = make_meeting(street, starts_at=clock.now().replace(second=0, microsecond=0) + timedelta(days=1))
    taken = clock.local(other.starts_at).strftime("%Y-%m-%dT%H:%M")
    for address, form, kept, said in (
        (plan, {"audience": "residents", "where": "Zaal", "starts_at": "straks"}, "straks", "Vul een datum"),
        (
            plan, {"audience": "parents", "where": other.where, "starts_at": taken}, other.where,
            "Daar is dan al een bijeenkomst",
        ),
        (f"{BASE}{meeting.pk}/vraag/", {"text": NAME, "owner": "police"}, NAME, NAMED),
        (f"{BASE}vraag/{question.pk}/", {"answer": NAME}, NAME, NAMED),
        (f"{BASE}{meeting.pk}/afspraak/", {"what": "Licht", "owner": "police", "due_on": "2020-01-01"},
         "Licht", "Deze dag is voorbij"),
        (f"{BASE}{meeting.pk}/geteld/", {"present": "7000"}, "7000", "Dit getal kan niet kloppen"),
        (f"{BASE}{meeting.pk}/steun/", {"number": "2"}, "2", "al voorbij of afgezegd"),
        (f"{BASE}gebeurtenis/{street.incident.pk}/tellen/", {"word": "press_requests", "number": "9999"},
         "9999", "Dit getal kan niet kloppen"),
        (f"{BASE}gebeurtenis/{street.incident.pk}/tellen/",
         {"word": "press_requests", "number": "3", "eraf": "ja"}, "3", "meer af dan er zijn"),
    ):  # fmt: skip
        answer = client.post(address, form)
        assert answer.status_code == 422, address
        text = answer.content.decode()
        assert said in text, (address, said)
        assert kept in text, (address, kept)


def test_victim_support_promises_and_answers_what_is_ours(street, as_):
    meeting = make_meeting(street, starts_at=clock.now() + timedelta(days=2))
    actions.ask_support(meeting, 3, by=street.nadia, at=clock.now())
    ours = actions.write_question(meeting, "Wie belt ons", "victim_support", by=street.nadia, at=clock.now())
    theirs = actions.write_question(meeting, "Wie betaalt", "police", by=street.nadia, at=clock.now())
    client = as_(street.olaf)
    assert "Geef onze antwoorden" in seen(client, "/werk/")
    assert "Zeg hoeveel mensen er komen" in seen(client, f"{BASE}{meeting.pk}/")
    client.post(f"{BASE}{meeting.pk}/toezeggen/", {"number": "2"})
    text = seen(client, f"{BASE}{meeting.pk}/")
    assert "2 van 3" in text
    assert f"{BASE}vraag/{theirs.pk}/" not in text
    assert client.get(f"{BASE}vraag/{theirs.pk}/").status_code == 403
    assert "Haal deze vraag weg" not in seen(client, f"{BASE}vraag/{ours.pk}/")
    assert client.post(f"{BASE}vraag/{ours.pk}/", {"answer": "Wij."}).status_code == 302
    for part in ("vraag", "steun", "geteld", "afspraak", "publiceren"):
        assert client.get(f"{BASE}{meeting.pk}/{part}/").status_code == 403
    assert client.get(f"{BASE}gebeurtenis/{street.incident.pk}/plannen/").status_code == 403
    assert as_(street.nadia).get(f"{BASE}{meeting.pk}/toezeggen/").status_code == 403


def test_promises_are_ticked_questions_taken_away_and_meetings_put_off(street, as_):
    meeting, client = begun(make_held(street, 1)), as_(street.nadia)
    day = (clock.local(clock.now()) + timedelta(days=3)).date().isoformat()
    client.post(f"{BASE}{meeting.pk}/afspraak/", {"what": "Licht", "owner": "police", "due_on": day})
    assert "Licht" in seen(client, f"{BASE}{meeting.pk}/")
    client.post(f"{BASE}afspraak/{FollowUp.objects.get().pk}/gedaan/")
    assert FollowUp.objects.get().done_by == street.nadia.id
    client.post(f"{BASE}vraag/{Question.objects.get().pk}/weg/")
    assert not Question.objects.exists()
    text = client.post(f"{BASE}{meeting.pk}/afzeggen/", follow=True).content.decode()
    assert "Dit kan niet meer" in text
    other = make_meeting(street, starts_at=clock.now() + timedelta(days=1))
    text = client.post(f"{BASE}{other.pk}/afzeggen/", follow=True).content.decode()
    assert "De bijeenkomst is afgezegd." in text
    assert client.get(f"{BASE}{other.pk}/iets/").status_code == 404


def test_counts_stand_on_the_page_of_the_event_once_somebody_counted(street, as_):
    client, room = as_(street.nadia), f"/werk/gebeurtenissen/{street.incident.pk}/"
    assert "Verder tellen" not in seen(client, room)
    address = f"{BASE}gebeurtenis/{street.incident.pk}/tellen/"
    client.post(address, {"word": "letters_to_parents", "number": "640"})
    client.post(address, {"word": "press_requests", "number": "4"})
    client.post(address, {"word": "press_requests", "number": "1", "eraf": "ja"})
    text = seen(client, room)
    assert ("Verder tellen" in text, "640" in text) == (True, True)
    assert "Vragen van de pers" in text
    assert "-1, samen 3" in seen(client, address)


def test_another_municipality_finds_nothing_and_who_works_elsewhere_has_no_pages(street, as_):
    meeting = make_held(street, 1)
    message = actions.publish_answers(meeting, "", by=street.nadia, at=clock.now())
    addresses = [
        f"{BASE}{meeting.pk}/", f"{BASE}{meeting.pk}/vraag/", f"{BASE}{meeting.pk}/publiceren/",
        f"{BASE}bericht/{message.pk}/", f"{BASE}vraag/{Question.objects.get().pk}/",
        f"{BASE}gebeurtenis/{street.incident.pk}/", f"{BASE}gebeurtenis/{street.incident.pk}/stand/",
        f"{BASE}gebeurtenis/{street.incident.pk}/tellen/",
        f"{BASE}gebeurtenis/{street.incident.pk}/tellingen/",
    ]  # fmt: skip
    for who in (street.stranger, street.zuid):
        client = as_(who)
        assert [client.get(each).status_code for each in addresses] == [404] * len(addresses)
        assert meeting.where not in seen(client, BASE)
    client.force_login(make_membership(Role.CONTROL_ROOM).user)
    assert client.get(f"{BASE}gebeurtenis/{street.incident.pk}/").status_code == 404
    assert client.get(BASE).status_code == 403
    assert "Bijeenkomst plannen" not in seen(client, f"/werk/gebeurtenissen/{street.incident.pk}/")


def test_the_way_to_the_invitation_is_shown_to_whom_it_leads_somewhere(street, as_):
    """An event in two municipalities: the invitation is of the one that holds the meeting."""
    street.incident.municipalities.add(Municipality.objects.get(code="GM9009"))
    meeting = make_meeting(street, starts_at=clock.now() + timedelta(days=1))
    way = f"/gemeente/{meeting.organisation_id}/T-INV-MEET/"
    for who, leads in ((street.nadia, True), (street.olaf, True), (street.stranger, False)):
        text = seen(as_(who), f"{BASE}{meeting.pk}/")
        assert ("Sporthal De Zilvermeeuw" in text, way in text) == (True, leads)
    client, address = as_(street.nadia), f"{BASE}{meeting.pk}/"
    page = seen(client, address)
    seen(client, next(each for each in page.split('"') if each.endswith(way)))


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize("address", [BASE, f"{BASE}op-het-bureau/"])
def test_lists_ask_as_much_for_one_meeting_as_for_five(street, as_, address):
    client = as_(street.nadia)
    actions.ask_support(make_meeting(street), 2, by=street.nadia, at=MONDAY)
    one = queries_of(client, address)
    for number in range(4):
        make_meeting(street, where=f"Zaal {number}")
    assert queries_of(client, address) == one
    assert seen(client, address).count("task__when") == 5


def test_a_meeting_asks_as_much_for_one_question_as_for_five(street, as_):
    client, meeting = as_(street.nadia), begun(make_held(street, 1))
    one = queries_of(client, f"{BASE}{meeting.pk}/")
    for number in range(4):
        actions.write_question(meeting, f"Vraag {number}", "police", by=street.nadia, at=clock.now())
    assert queries_of(client, f"{BASE}{meeting.pk}/") == one
