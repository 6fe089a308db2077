"""The person steers: switches that work at once, who read and why, contact, rights, a key from level 2."""

import json
import re
from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.cases.actions import break_glass, open_address, review_emergency
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case, Task, TaskKind
from nabij.consents.actions import Sharing, share, withdraw_consent
from nabij.consents.factories import make_consent
from nabij.consents.models import Share, SharingConsent
from nabij.keys.models import SubjectKey
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.notify.contact_rules import Agreed, rule_of
from nabij.notify.models import ContactPoint, Message, Way
from nabij.own_space.actions import answer, answer_again, ask, give_key, steer_contact
from nabij.own_space.models import OwnRequest, RequestKind
from nabij.own_space.queries import as_data, own_file, request_for, requests_of
from nabij.people.actions.coming_back import ask_code, send_code, take_code
from nabij.people.factories import enter_own_pages
from nabij.people.models import BlindIndex, Person
from nabij.privacy.actions import Placing, place_hold
from nabij.privacy.models import HoldGround, HoldOn
from nabij.rosters.factories import make_duty
from nabij.rosters.models import Seat
from nabij.support.actions import Meeting, add_item, plan_appointment
from nabij.support.models import ContactKind, Strand
from nabij.vulnerability.actions import raise_level
from nabij.vulnerability.models import Level

SOON = WEDNESDAY + timedelta(hours=1)
ERASE, OBJECT, CORRECT = RequestKind.ERASE, RequestKind.OBJECT, RequestKind.CORRECT


@pytest.fixture
def case(noordwest):
    return make_case("Elske Rademaker", helper=noordwest.member.ayla, email="elske@example.nl")


@pytest.fixture
def elske(case):
    return Actor(ActorKind.HELPED_PERSON, id=case.person_id)


def test_the_own_file_names_helpers_by_first_name_and_shows_plan_appointments_and_sharing(noordwest, case):
    add_item(case, Strand.PRACTICAL, "Slot laten maken", by=noordwest.ayla, at=WEDNESDAY)
    start = WEDNESDAY + timedelta(days=2)
    plan_appointment(
        case,
        Meeting(ContactKind.CALL, start, start + timedelta(hours=1), True),
        by=noordwest.ayla,
        at=WEDNESDAY,
    )
    make_consent(case.person, by=noordwest.ayla, at=WEDNESDAY)
    share(case.person, Sharing("specialist", ("is_client",), "x"), by=noordwest.ayla, at=WEDNESDAY)
    file = own_file(case.person_id, SOON)
    assert file.helpers == [("Ayla", "hulpverlener")]
    assert [each.text for each in file.plan] == ["Slot laten maken"]
    assert [(each.who, each.what) for each in file.meetings] == [("Ayla", "telefoongesprek")]
    assert file.consents[0].is_on
    assert file.shares[0].receiver.startswith("Veilig Thuis")
    told = as_data(case.person_id, SOON)
    assert told["naam"] == "Elske Rademaker"
    assert "Demir" not in json.dumps(told, default=str)


def test_the_person_reads_who_opened_what_and_why_and_that_it_was_reviewed(noordwest, case):
    open_address(case, "Brief sturen", by=noordwest.ayla, at=WEDNESDAY)
    make_duty(noordwest.member.imke, Seat.WORKER, starts_at=WEDNESDAY)
    row = break_glass(case.reference, "44", "Belt in paniek", by=noordwest.imke, at=SOON)
    readings = own_file(case.person_id, SOON).readings
    assert [(each.who, each.why, each.review) for each in readings] == [
        ("Imke", "Belt in paniek", "wordt nagekeken"), ("Ayla", "Brief sturen", ""),
    ]  # fmt: skip
    review_emergency(row, is_justified=True, by=noordwest.olaf, at=SOON)
    assert own_file(case.person_id, SOON).readings[0].review == "nagekeken: terecht"


def test_a_switch_off_ends_sharing_at_once_and_on_again_is_a_new_yes(noordwest, case, elske):
    consent = make_consent(case.person, by=noordwest.ayla, at=WEDNESDAY)
    share(case.person, Sharing("specialist", ("is_client",), "x"), by=noordwest.ayla, at=WEDNESDAY)
    withdraw_consent(consent, by=elske, at=SOON)
    assert not Share.objects.get().is_live
    again = answer_again(consent, is_given=True, by=elske, at=SOON)
    assert (again.manner, again.asked_by, again.kinds) == ("own_space", None, consent.kinds)
    assert SharingConsent.objects.count() == 2


def test_the_person_says_how_contact_is_safe(case, elske):
    steer_contact(Agreed((Way.EMAIL,)), by=elske, at=SOON)
    assert rule_of(case.person_id).ways == [Way.EMAIL]
    for who in (ANONYMOUS, SYSTEM):
        with pytest.raises(PermissionDenied):
            steer_contact(Agreed(()), by=who, at=SOON)


def test_objecting_stops_contact_at_once_and_the_leader_answers(noordwest, case, elske):
    request = ask(OBJECT, "Laat mij met rust", by=elske, at=SOON)
    assert ask(OBJECT, "Nog eens", by=elske, at=SOON) == request
    assert rule_of(case.person_id).ways == []
    task = Task.objects.to_do().get(kind=TaskKind.OWN_REQUEST)
    assert (task.is_for_leader, task.due_at) == (True, SOON + timedelta(days=30))
    assert requests_of(case.person_id)[0].text == "Laat mij met rust"
    assert request_for(noordwest.ayla, request.pk, SOON) == request
    assert request_for(noordwest.daan, request.pk, SOON) is None
    assert request_for(elske, request.pk, SOON) == request
    with pytest.raises(ValidationError):
        answer(request, case, " ", is_granted=True, by=noordwest.olaf, at=SOON)
    for who in (noordwest.ayla, noordwest.femke, elske):
        with pytest.raises(PermissionDenied):
            answer(request, case, "Goed", is_granted=True, by=who, at=SOON)
    answer(request, case, "Wij bellen niet meer", is_granted=True, by=noordwest.olaf, at=SOON)
    with pytest.raises(PermissionDenied):
        answer(request, case, "Nog eens", is_granted=False, by=noordwest.olaf, at=SOON)
    assert not Task.objects.to_do().filter(kind=TaskKind.OWN_REQUEST).exists()
    with pytest.raises(PermissionDenied):
        ask(CORRECT, "x", by=noordwest.ayla, at=SOON)


def test_a_request_is_answered_in_its_own_case_only(noordwest, case, elske):
    request = ask(CORRECT, "Mijn naam is met een k", by=elske, at=SOON)
    other = make_case("Iemand anders", helper=noordwest.member.ayla)
    with pytest.raises(PermissionDenied):
        answer(request, other, "Goed", is_granted=True, by=noordwest.olaf, at=SOON)


def test_erasing_destroys_the_key_the_marks_and_all_that_names_and_keeps_only_that_it_happened(
    noordwest, case, elske
):
    steer_contact(Agreed((Way.SMS,)), by=elske, at=WEDNESDAY)
    make_consent(case.person, by=noordwest.ayla, at=WEDNESDAY)
    coming_in(case)
    letters = set(Message.objects.values_list("pk", flat=True))
    assert letters
    refused = ask(ERASE, "Alles weg", by=elske, at=SOON)
    answer(refused, case, "De zaak loopt nog", is_granted=False, by=noordwest.olaf, at=SOON)
    assert Person.objects.filter(pk=case.person_id).exists()
    request = ask(ERASE, "Nu wel", by=elske, at=SOON)
    whose = case.person_id
    assert answer(request, case, "Gedaan", is_granted=True, by=noordwest.olaf, at=SOON) is None
    for model in (Person, Case, OwnRequest, SharingConsent, BlindIndex):
        assert not model.objects.exists()
    assert SubjectKey.objects.get(subject_id=whose).wrapped is None
    assert not SubjectKey.objects.filter(subject_id__in=letters, wrapped__isnull=False).exists()
    assert not ContactPoint.objects.filter(subject_id=whose).exclude(value_sealed=b"").exists()
    assert rule_of(whose) is None
    assert TrailEntry.objects.filter(verb="person.erased").count() == 1


def coming_in(case, key=""):
    asked = ask_code("phone", "+31600000051", network="10.0.0", language="nl", by=ANONYMOUS, at=SOON)
    before = set(Message.objects.values_list("pk", flat=True))
    if not send_code(asked, by=SYSTEM, at=SOON):
        return None
    message = Message.objects.exclude(pk__in=before).get()
    code = re.search(r"\d{6}", unseal(message.pk, message.body_sealed))[0]
    return take_code(asked, code, "", key=key, by=ANONYMOUS, at=SOON)


def test_below_level_2_a_code_opens_the_own_pages_and_from_level_2_only_with_the_key(noordwest, case):
    assert coming_in(case).person == case.person
    raise_level(case.person, Level.RAISED, "Ex heeft haar telefoon", by=noordwest.ayla, at=SOON)
    assert coming_in(case).asks_key
    assert coming_in(case, "rode-stoel-44").person is None
    key = give_key(case, by=noordwest.ayla, at=SOON)
    assert coming_in(case, key.replace("-", " ").upper()).person == case.person
    newer = give_key(case, by=noordwest.ayla, at=SOON)
    assert newer != key
    assert coming_in(case, key).person is None
    with pytest.raises(PermissionDenied):
        give_key(case, by=noordwest.daan, at=SOON)


def test_where_the_contact_rule_forbids_the_way_no_code_is_sent(case, elske):
    steer_contact(Agreed((Way.EMAIL,)), by=elske, at=WEDNESDAY)
    coming_in(case)
    assert not Message.objects.get().deliveries.filter(state="queued").exists()


def test_outside_the_agreed_hours_no_code_is_sent(case, elske):
    steer_contact(Agreed((Way.SMS,), (), time(12), time(13)), by=elske, at=WEDNESDAY)
    assert coming_in(case) is None
    assert not Message.objects.exists()


@pytest.fixture
def own(client, case):
    """The browser of the person, after the code was typed."""
    enter_own_pages(client, case.person_id)
    return client


def test_the_pages_of_the_person(noordwest, case, own):
    page = own.get("/mijn/").content.decode()
    assert "Mijn hulp" in page
    text = own.get("/mijn/hulp/").content.decode()
    for words in ("Wie helpt mij", "Ayla", "Mijn plan", "Wij delen niets over u", "Wie mijn dossier las"):
        assert words in text
    assert "U hebt nog niet gezegd hoe wij u mogen bereiken." in text
    assert "Demir" not in text
    assert own.get("/mijn/hulp/contact/").status_code == 200
    wrong = own.post("/mijn/hulp/contact/", {"ways": ["sms"], "from_time": "12:00"})
    assert "Vul beide tijden in" in wrong.content.decode()
    own.post("/mijn/hulp/contact/", {"ways": ["sms"], "code_word": "Merel"})
    own.post("/mijn/hulp/contact/", {"ways": ["sms", "call"], "code_word": "Merel"})
    assert "Contact alleen via: sms, bellen" in own.get("/mijn/hulp/").content.decode()
    assert own.get("/mijn/hulp/vragen/").status_code == 200
    assert own.post("/mijn/hulp/vragen/", {}).status_code == 422
    own.post("/mijn/hulp/vragen/", {"kind": "correct", "text": "Mijn naam"})
    assert "wij antwoorden uiterlijk" in own.get("/mijn/hulp/").content.decode()
    told = own.get("/mijn/hulp/gegevens/")
    assert told.json()["naam"] == "Elske Rademaker"
    assert "attachment" in told["Content-Disposition"]


def test_the_person_reads_the_answer(noordwest, case, own, elske):
    request = ask(CORRECT, "Mijn naam", by=elske, at=SOON)
    answer(request, case, "Uw naam is nu goed.", is_granted=True, by=noordwest.olaf, at=SOON)
    page = own.get("/mijn/hulp/").content.decode()
    assert "Uw naam is nu goed." in page
    assert "gedaan" in page


def test_an_appointment_goes_to_the_own_calendar_as_a_time_only_where_that_is_safe(noordwest, own):
    now = clock.now()
    case = make_case("Tijs Vonk", helper=noordwest.member.ayla, at=now)
    enter_own_pages(own, case.person_id)
    start = now + timedelta(days=2)
    told = Meeting(ContactKind.CALL, start, start + timedelta(hours=1), True)
    row = plan_appointment(case, told, by=noordwest.ayla, at=now)
    address = f"/mijn/hulp/afspraak/{row.pk}.ics"
    assert "Zet in mijn agenda" in own.get("/mijn/hulp/").content.decode()
    text = own.get(address).content.decode()
    assert "SUMMARY:Afspraak" in text
    for word in ("Ayla", "Tijs", "Nabij: ", case.reference, "LOCATION", "DESCRIPTION"):
        assert word not in text
    assert own.get(f"/mijn/hulp/afspraak/{case.pk}.ics").status_code == 404
    raise_level(case.person, Level.RAISED, "Onrust", by=noordwest.ayla, at=now)
    assert own.get(address).status_code == 404
    assert "Zet in mijn agenda" not in own.get("/mijn/hulp/").content.decode()


def test_the_switch_on_the_page(noordwest, own):
    case = Case.objects.get()
    make_consent(case.person, by=Actor(ActorKind.HELPED_PERSON, id=case.person_id), at=clock.now())
    consent = SharingConsent.objects.get()
    address = f"/mijn/hulp/toestemming/{consent.pk}/"
    assert "Zet uit" in own.get("/mijn/hulp/").content.decode()
    own.post(address, {"stand": "uit"})
    assert "Zet aan" in own.get("/mijn/hulp/").content.decode()
    own.post(address, {"stand": "aan"})
    assert "Zet uit" in own.get("/mijn/hulp/").content.decode()
    assert own.post(f"/mijn/hulp/toestemming/{case.pk}/").status_code == 404


def test_without_a_code_every_page_asks_for_one(client, case):
    for address in ("", "contact/", "vragen/", "gegevens/"):
        assert client.get(f"/mijn/hulp/{address}", follow=True).redirect_chain[-1][0] == "/mijn/inloggen/"
    assert client.post(f"/mijn/hulp/toestemming/{case.pk}/").url == "/mijn/"
    assert "Mijn hulp" not in client.get("/mijn/hulp/deur/").content.decode()


def test_the_key_is_asked_after_the_code_in_the_browser(noordwest, case, client):
    asked = ask_code(
        "email", "elske@example.nl", network="10.0.0", language="nl", by=ANONYMOUS, at=clock.now()
    )
    raise_level(case.person, Level.RAISED, "Onrust", by=noordwest.ayla, at=WEDNESDAY)
    key = give_key(case, by=noordwest.ayla, at=WEDNESDAY)
    send_code(asked, by=SYSTEM, at=clock.now())
    message = Message.objects.latest("created_at")
    code = re.search(r"\d{6}", unseal(message.pk, message.body_sealed))[0]
    address = f"/mijn/code/{asked.pk}/"
    assert "Uw eigen sleutel" in client.post(address, {"code": code}).content.decode()
    assert client.post(address, {"code": code, "key": "rode-stoel-44"}).status_code == 422
    assert client.post(address, {"code": code, "key": key}).url == "/mijn/"


def test_helper_and_leader_see_what_the_person_asks(noordwest, case, client, elske):
    now = clock.now()
    Case.objects.update(opened_at=now)
    from nabij.people.models import AccessGrant

    AccessGrant.objects.update(starts_at=now)
    case.helpers.update(starts_at=now)
    request = ask(ERASE, "Alles weg", by=elske, at=now)
    page = f"/werk/dossiers/{case.pk}/"
    client.force_login(noordwest.member.ayla.user)
    assert "Wis mijn gegevens" not in client.get(page).content.decode()
    assert "data-key" in client.post(f"{page}sleutel/").content.decode()
    assert client.get(f"{page}verzoek/{request.pk}/").status_code == 404
    client.force_login(noordwest.member.olaf.user)
    assert "Wis mijn gegevens" in client.get(page).content.decode()
    assert "Wissen kan niet terug" in client.get(f"{page}verzoek/{request.pk}/").content.decode()
    assert client.post(f"{page}verzoek/{request.pk}/", {"granted": "ja"}).status_code == 422
    client.post(f"{page}verzoek/{request.pk}/", {"granted": "nee", "text": "De zaak loopt nog"})
    second = ask(ERASE, "Toch", by=elske, at=clock.now())
    client.post(f"{page}verzoek/{second.pk}/", {"granted": "ja", "text": "Gedaan"})
    assert not Person.objects.exists()
    client.force_login(noordwest.member.daan.user)
    other = make_case("B", team=noordwest.team, at=clock.now())
    assert client.post(f"/werk/dossiers/{other.pk}/sleutel/").status_code == 404
    case = make_case("C", helper=noordwest.member.daan, at=clock.now())
    Case.objects.filter(pk=case.pk).update(state="closed")
    assert client.post(f"/werk/dossiers/{case.pk}/sleutel/").status_code == 403
    assert "De persoon zelf" not in client.get(f"/werk/dossiers/{case.pk}/").content.decode()


def test_while_a_hold_runs_erasing_waits_and_what_the_leader_typed_stays(noordwest, client):
    now = clock.now()
    case = make_case("Tijs Vonk", helper=noordwest.member.ayla, at=now)
    day = clock.local(now).date() + timedelta(days=9)
    place_hold(Placing(HoldOn.PERSON, case.person_id, HoldGround.COURT, "x", day), by=noordwest.olaf, at=now)
    request = ask(ERASE, "Alles weg", by=Actor(ActorKind.HELPED_PERSON, id=case.person_id), at=now)
    client.force_login(noordwest.member.olaf.user)
    told = {"granted": "ja", "text": "Ik wis alles"}
    page = client.post(f"/werk/dossiers/{case.pk}/verzoek/{request.pk}/", told)
    assert page.status_code == 422
    for words in (f"wisstop tot en met {day:%d-%m-%Y}", "Ik wis alles"):
        assert words in page.content.decode()
    assert Person.objects.filter(pk=case.person_id).exists()
