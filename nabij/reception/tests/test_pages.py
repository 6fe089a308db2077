import pytest

from nabij.accounts.factories import LONG_AGO, make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.models import ReadEntry
from nabij.incidents.factories import NIGHT
from nabij.kit import clock
from nabij.people.models import Person
from nabij.reception.actions import write_card
from nabij.reception.models import GroupTalk, Presence, ReceptionCard, ReceptionPlace, Tally

pytestmark = pytest.mark.django_db
CARD = {
    "agreed": "on", "is_old_enough": "on", "name": "Mirjam", "phone": "06 00 00 00 42", "wants_call": "on",
    "is_safe": "on", "language": "nl", "needs": ["phone"],
}  # fmt: skip


@pytest.fixture
def imke(night, client):
    client.force_login(night.imke.user)
    return client


def test_the_worker_finds_the_reception_and_writes_a_card(night, imke):
    assert "Mensen opvangen" in imke.get("/werk/piket/").content.decode()
    address = f"/werk/opvang/plek/{night.place.pk}/kaart/"
    assert "Lees voor" in imke.get(address).content.decode()
    text = imke.post(address, CARD, follow=True).content.decode()
    assert "Kaart 1 is geschreven." in text
    assert "Mirjam" not in text
    assert ReceptionCard.objects.get().needs == ["phone"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"agreed": ""}, "Zonder toestemming schrijven we niets op"),
        ({"is_old_enough": ""}, "Van kinderen schrijven we niets op"),
        ({"phone": "nul zes"}, "Dit is geen telefoonnummer"),
        ({"phone": ""}, "Vul een nummer in"),
    ],
)
def test_a_mistake_is_said_beside_the_field_and_what_was_typed_stays(night, imke, changes, words):
    answer = imke.post(f"/werk/opvang/plek/{night.place.pk}/kaart/", CARD | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="Mirjam"' in answer.content.decode()
    assert not Person.objects.exists()


def test_a_place_that_closed_meanwhile_says_so_and_keeps_what_was_typed(night, imke):
    ReceptionPlace.objects.update(closed_at=NIGHT)
    answer = imke.post(f"/werk/opvang/plek/{night.place.pk}/kaart/", CARD)
    assert answer.status_code == 422
    assert "opvangplek is gesloten" in answer.content.decode()
    assert 'value="Mirjam"' in answer.content.decode()
    text = imke.post(
        f"/werk/opvang/plek/{night.place.pk}/tellen/", {"wie": "child"}, follow=True
    ).content.decode()
    assert "opvangplek is gesloten" in text


def test_counting_is_one_tap(night, imke):
    address = f"/werk/opvang/plek/{night.place.pk}/tellen/"
    imke.post(address, {"wie": "refused"})
    imke.post(address, {"wie": "refused", "stap": "-1"})
    imke.post(address, {"wie": "iemand"})
    assert [row.step for row in Tally.objects.order_by("at", "-step")] == [1, -1]


def test_opening_a_card_is_logged_and_its_title_says_no_name(night, imke, answers):
    card = write_card(night.place, answers(), by=night.me, at=clock.now())
    text = imke.get(f"/werk/opvang/kaart/{card.pk}/").content.decode()
    assert "Mirjam" in text
    assert "<title>Kaart 1" in text
    assert ReadEntry.objects.get(person_id=card.person_id).purpose == "emergency_reception"


def test_needs_are_ticked_by_number_and_a_card_is_wiped(night, imke, answers):
    card = write_card(night.place, answers(), by=night.me, at=clock.now())
    need = f"/werk/opvang/kaart/{card.pk}/nodig/"
    assert "✓ Een slaapplek" in imke.post(need, {"geregeld": "shelter"}, follow=True).content.decode()
    assert "Kies iets van de kaart" in imke.post(need, {"geregeld": "x"}, follow=True).content.decode()
    text = imke.post(f"/werk/opvang/kaart/{card.pk}/wissen/", follow=True).content.decode()
    assert "De kaart is gewist" in text
    assert imke.post(need, {"geregeld": "shelter"}).status_code == 404


def test_a_place_opens_and_closes_and_a_talk_is_written(night, imke):
    address = f"/werk/opvang/{night.incident.pk}/"
    assert imke.post(address, {"name": ""}).status_code == 422
    imke.post(address, {"name": "Buurthuis"})
    assert ReceptionPlace.objects.filter(name="Buurthuis", capacity=None).exists()
    talk = f"/werk/opvang/plek/{night.place.pk}/gesprek/"
    assert imke.post(talk, {"people": "0", "leaders": "1"}).status_code == 422
    imke.post(talk, {"people": "30", "leaders": "2", "topics": ["happened"]})
    assert GroupTalk.objects.get().people == 30
    ReceptionPlace.objects.update(opened_at=LONG_AGO)
    closed = imke.post(f"/werk/opvang/plek/{night.place.pk}/sluiten/", follow=True)
    assert "De opvang is gesloten." in closed.content.decode()
    assert "30 mensen" in imke.get(f"{address}verslag/").content.decode()
    assert imke.get(talk).status_code == 200


def test_a_place_at_a_closed_event_is_refused_in_words(night, client):
    type(night.incident).objects.filter(pk=night.incident.pk).update(
        status="closed", closed_at=NIGHT, closed_by=night.bram
    )
    client.force_login(night.bram.user)
    answer = client.post(f"/werk/opvang/{night.incident.pk}/", {"name": "Buurthuis"})
    assert "Deze gebeurtenis is afgesloten" in answer.content.decode()


def test_who_leads_agrees_presence(night, client):
    client.force_login(night.bram.user)
    address = f"/werk/opvang/{night.incident.pk}/aanwezig/"
    agreed = {
        "party": "ggd", "where": "Sporthal", "starts_at": "2027-01-10T09:00", "ends_at": "2027-01-10T17:00",
        "staff": "2",
    }  # fmt: skip
    assert client.get(address).status_code == 200
    assert client.post(address, agreed | {"ends_at": "2027-01-10T08:00"}).status_code == 422
    assert "GGD: Sporthal, 2 medewerkers" in client.post(address, agreed, follow=True).content.decode()
    assert Presence.objects.count() == 1
    client.force_login(night.imke.user)
    assert client.get(address).status_code == 403


def test_the_municipality_sees_counts_in_the_room_and_no_card(night, client, answers):
    card = write_card(night.place, answers(), by=night.me, at=clock.now())
    client.force_login(make_membership(Role.DUTY_OFFICER).user)
    room = client.get(f"/werk/gebeurtenissen/{night.incident.pk}/").content.decode()
    assert "Sporthal De Zilvermeeuw" in room
    assert "minder dan 10" in room
    assert "Mirjam" not in room
    assert client.get(f"/werk/opvang/{night.incident.pk}/verslag/").status_code == 200
    for address in (f"{night.incident.pk}/", f"kaart/{card.pk}/", f"plek/{night.place.pk}/kaart/"):
        assert client.get(f"/werk/opvang/{address}").status_code == 404


def test_another_municipality_finds_nothing(night, client):
    elsewhere = make_municipality("GM9950", "Elders")
    client.force_login(make_membership(Role.DUTY_OFFICER, municipality=elsewhere).user)
    for address in ("", "aantallen/", "verslag/", "aanwezig/"):
        assert client.get(f"/werk/opvang/{night.incident.pk}/{address}").status_code == 404


def test_who_sees_no_events_does_not_read_counts(night, client):
    client.force_login(night.imke.user)
    assert client.get(f"/werk/opvang/{night.incident.pk}/aantallen/").status_code == 404


def test_who_works_for_the_whole_country_opens_every_reception(night, client):
    client.force_login(night.bart.user)
    for address in ("", "verslag/", "aanwezig/"):
        assert client.get(f"/werk/opvang/{night.incident.pk}/{address}").status_code == 200
