"""Early identification (S06-6, 8): groups and places, a person only with a yes, two sides, small numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_membership, make_municipality, make_team
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.cases.factories import make_met
from nabij.cases.models import Case, SearchKey
from nabij.kit import clock
from nabij.people.models import Person
from nabij.signals.actions import Noticed, decide, report_contact, send_signal
from nabij.signals.content import points_at_somebody, shown_number
from nabij.signals.models import Signal, SignalDecision, SignalKind
from nabij.signals.queries import shown, signals_for

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 11, 10, 9, 0, tzinfo=UTC)
AREA, GROUP, PERSON = SignalKind.AREA, SignalKind.GROUP, SignalKind.PERSON


@pytest.fixture
def people():
    waterdijk = make_municipality()
    elsewhere = make_municipality("GM9009", "Duinrand")
    members = {
        "samira": make_membership(Role.NEIGHBOURHOOD_WORKER, name="Samira Idrissi", municipality=waterdijk),
        "femke": make_membership(Role.DUTY_OFFICER, name="Femke Bruin", municipality=waterdijk),
        "olaf": make_membership(Role.TEAM_LEADER, name="Olaf Kruit", team=make_team()),
        "zuid": make_membership(Role.TEAM_LEADER, name="Zeynep", team=make_team("Zuid")),
        "joost": make_membership(Role.DUTY_OFFICER, name="Joost Prins", municipality=elsewhere),
        "ayla": make_membership(Role.PAID_WORKER, name="Ayla Demir"),
    }
    return {"place": waterdijk, "members": members, **{key: actor_for(each) for key, each in members.items()}}


def noticed(people, kind=AREA, **told):
    return Noticed(kind, "door_scam", people["place"], **{"area": "Meeuwenflat", **told})


def test_a_place_is_a_signal_that_two_sides_decide_about(people):
    signal = send_signal(noticed(people, text="Ouderen melden dit niet"), by=people["samira"], at=NOW)
    decide(signal, "campaign", by=people["femke"], at=NOW)
    [found] = shown(list(signals_for(people["olaf"], NOW)), people["olaf"])
    assert (found.route, found.text) == ("", "Ouderen melden dit niet")
    decide(signal, "presence", by=people["olaf"], at=NOW)
    decide(signal, "campaign", by=people["olaf"], at=NOW)
    [found] = shown(list(signals_for(people["olaf"], NOW)), people["olaf"])
    assert found.route == "uitleg voor de hele buurt"
    assert SignalDecision.objects.count() == 2
    assert Signal.objects.get().case is None


@pytest.mark.parametrize(
    "text",
    [
        "Mevrouw De Groot is twee keer beroofd", "bel 06-00000012", "schrijf naar a@example.nl",
        "dhr. Bakker", "BSN 123456782",
    ],
)  # fmt: skip
def test_a_named_signal_without_consent_is_refused_with_an_explanation_and_not_kept(people, text):
    with pytest.raises(ValidationError, match="over één persoon"):
        send_signal(noticed(people, text=text), by=people["samira"], at=NOW)
    with pytest.raises(ValidationError, match="alleen iets op met een ja"):
        send_signal(noticed(people, PERSON), by=people["samira"], at=NOW)
    assert not Signal.objects.exists()
    assert not points_at_somebody("Ouderen in de Meeuwenflat, 3 keer in mei")


def test_with_a_yes_a_person_becomes_a_case_and_the_municipality_reads_less_than_ten(people):
    met = make_met("Anna de Groot", consent_version="signaal-1")
    signal = send_signal(noticed(people, PERSON, met=met), by=people["samira"], at=NOW)
    assert Case.objects.get() == signal.case
    assert SearchKey.objects.filter(case=signal.case).exists()
    later = NOW + timedelta(days=6)
    report_contact(signal, 1, by=people["olaf"], at=later)
    report_contact(signal, 4, by=people["olaf"], at=later + timedelta(days=1))
    for who, number in (("samira", "<10"), ("femke", "<10"), ("olaf", "4")):
        [found] = shown(list(signals_for(people[who], later)), people[who])
        assert (found.reached, found.days) == (number, 6)
    assert shown_number(None) == ""
    assert shown_number(10) == "10"


def test_where_no_team_works_a_person_is_not_taken_in(people):
    people["place"].safety_region.team = None
    with pytest.raises(ValidationError, match="nog geen team"):
        send_signal(noticed(people, PERSON, met=make_met()), by=people["samira"], at=NOW)
    assert not Person.objects.exists()


def test_another_municipality_and_another_team_find_nothing(people):
    signal = send_signal(noticed(people, GROUP), by=people["samira"], at=NOW)
    for who in ("zuid", "joost", "ayla"):
        assert not signals_for(people[who], NOW).exists()
        with pytest.raises(PermissionDenied):
            decide(signal, "campaign", by=people[who], at=NOW)
    for who in (people["samira"], people["femke"], SYSTEM):
        with pytest.raises(PermissionDenied):
            report_contact(signal, 3, by=who, at=NOW)
    for who in (people["olaf"], people["femke"], SYSTEM):
        with pytest.raises(PermissionDenied):
            send_signal(noticed(people), by=who, at=NOW)
    with pytest.raises(ValidationError):
        decide(signal, "lijst", by=people["olaf"], at=NOW)


def test_a_list_of_people_by_trait_cannot_exist():
    """S06-8: nothing about a person says age, religion or origin, so nothing can be searched by it."""
    traits = {"age", "born_on", "religion", "origin", "nationality", "ethnicity", "score", "vulnerable"}
    for model in (Person, Case, Signal):
        assert not traits & {field.name for field in model._meta.get_fields()}


def test_the_pages(people, client):
    client.force_login(people["members"]["samira"].user)
    assert "Er zijn nog geen signalen" in client.get("/werk/signalen/").content.decode()
    assert client.get("/werk/signalen/nieuw/").status_code == 200
    told = {"kind": "area", "subject": "door_scam", "municipality": people["place"].pk, "area": "Meeuwenflat"}
    named = client.post("/werk/signalen/nieuw/", told | {"name": "Anna"})
    assert "Zonder ja van deze persoon schrijven we geen naam op" in named.content.decode()
    wrong = client.post("/werk/signalen/nieuw/", told | {"phone": "1", "kind": "person", "has_agreed": "on"})
    assert "Dit is geen telefoonnummer" in wrong.content.decode()
    assert "Vul in hoe deze persoon heet" in wrong.content.decode()
    alone = client.post("/werk/signalen/nieuw/", told | {"kind": "person"})
    assert "alleen iets op met een ja" in alone.content.decode()
    yes = {"kind": "person", "has_agreed": "on", "name": "Anna", "phone": "06-00000012"}
    client.post("/werk/signalen/nieuw/", told | yes)
    assert Case.objects.count() == 1
    text = client.post("/werk/signalen/nieuw/", told, follow=True).content.decode()
    assert "Oplichting aan de deur" in text
    assert "Anna" not in text
    signal = Signal.objects.get(kind="area")
    page = f"/werk/signalen/{signal.pk}/"
    assert "Kies dit" not in client.get(page).content.decode()
    client.force_login(people["members"]["femke"].user)
    assert client.post(page, {}).status_code == 422
    assert "gemeente: uitleg" in client.post(page, {"route": "campaign"}, follow=True).content.decode()
    assert client.get("/werk/signalen/nieuw/").status_code == 403
    client.force_login(people["members"]["olaf"].user)
    client.post(page, {"route": "campaign"})
    assert client.post(page, {"reached": "x"}).status_code == 422
    assert "12 mensen bereikt" in client.post(page, {"reached": "12"}, follow=True).content.decode()
    client.force_login(people["members"]["joost"].user)
    assert client.get(page).status_code == 404
    client.force_login(people["members"]["ayla"].user)
    assert client.get("/werk/signalen/").status_code == 403
    assert clock.now() > signal.sent_at
