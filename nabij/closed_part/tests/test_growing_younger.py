"""Who is in and tells to be younger than 16 waits calmly for a guardian; what was begun can be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nabij.accounts.factories import make_actor, make_membership, make_municipality, make_region, make_team
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.closed_part import leaving, tasks
from nabij.closed_part.actions.codes import give_out_codes, make_codes, use_code
from nabij.closed_part.actions.verifying import (
    Found,
    ask_guardian,
    confirm_entry,
    note_guardian,
    propose_entry,
    take_back,
    verify_by_call,
)
from nabij.closed_part.factories import EVENING, make_asker, make_insider, person_of
from nabij.closed_part.models import Verification, VerificationState, Way
from nabij.closed_part.policies import can_confirm
from nabij.closed_part.queries.door import Tab, queue_for
from nabij.closed_part.queries.entry import entry_of
from nabij.people.actions.own import change_registration
from nabij.people.factories import enter_own_pages, make_answers

AT = EVENING
LATER = AT + timedelta(hours=2)
FOUND = Found("residents", "older", asked=("name",), note="Zus van.")


@pytest.fixture
def followed(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    seen = []
    monkeypatch.setattr(leaving, "_follows", [lambda held, *, by, at: seen.append(held.pk)])
    return seen


def tells(held, age_group, **answers):
    """The person changes the age on the own page, and the job follows, twice."""
    told = make_answers(wants_closed_part=True, age_group=age_group, **answers)
    person = person_of(held.registration)
    change_registration(held.registration, told, language="nl", by=person, at=LATER)
    entry = TrailEntry.objects.filter(verb="registration.changed").latest("pk")
    for _ in range(2):
        tasks.follow_registration(entry.pk)
    return Verification.objects.select_related("registration__person").get(pk=held.pk)


def is_in(door, held):
    return entry_of(person_of(held.registration), door.centre.slug, LATER) is not None


def let_in(door, way):
    """Somebody is in, in each of the three ways."""
    if way == Way.CALL_BACK:
        return make_insider(door.centre, by=door.rosa)
    row = make_asker(door.centre)
    if way == Way.TWO_PEOPLE:
        return confirm_entry(propose_entry(row, FOUND, by=door.rosa, at=AT), by=door.lead, at=AT)
    made = make_codes(door.centre, "police", "residents", 1, by=door.lead, at=AT)
    [code] = give_out_codes(made, by=door.lead, at=AT)
    return use_code(row, code, by=person_of(row), at=AT)


@pytest.mark.parametrize("way", Way)
def test_who_tells_to_be_young_is_out_until_the_guardian_said_yes_on_the_phone(door, followed, way):
    held = tells(let_in(door, way), "12-15", guardian="Joke Zandstra")
    assert (held.state, held.age_class, held.way) == (VerificationState.PENDING, "youth", way)
    assert held.was_in
    assert not is_in(door, held)
    assert followed == [held.pk]
    assert TrailEntry.objects.filter(verb="closed_part.guardian_asked").count() == 1
    assert not can_confirm(door.lead, held, LATER)  # what was proposed once is no proposal now
    assert list(queue_for(door.rosa, door.incident, Tab.WAITING, LATER).filter(pk=held.registration_id))
    held = note_guardian(held.registration, by=door.rosa, at=LATER)
    assert (held.state, held.way, held.guardian_said_yes_at) == (VerificationState.VERIFIED, way, LATER)
    assert is_in(door, held)
    assert followed == [held.pk]


def test_who_corrects_the_age_is_called_before_they_are_in_again(door, followed):
    held = tells(make_insider(door.centre, by=door.rosa), "0-11")
    held = tells(held, "18-64")
    assert held.state == VerificationState.PENDING
    assert not is_in(door, held)
    held = verify_by_call(held.registration, FOUND, by=door.rosa, at=LATER)
    assert (held.age_class, is_in(door, held)) == ("older", True)


def test_a_guardian_who_said_yes_before_is_not_asked_again(door, followed):
    row = make_asker(door.centre, age_group="12-15")
    heard = Found("residents", guardian_says_yes=True, asked=("name",))
    held = verify_by_call(row, heard, by=door.rosa, at=AT)
    assert is_in(door, tells(held, "0-11"))
    waiting = make_asker(door.centre, age_group="12-15")
    assert not ask_guardian(waiting, by=SYSTEM, at=AT)
    assert not ask_guardian(make_asker(door.centre), by=SYSTEM, at=AT)
    assert followed == []
    with pytest.raises(PermissionDenied):
        ask_guardian(row, by=door.rosa, at=AT)


def test_a_new_proposal_for_who_waits_for_a_guardian_is_decided_by_the_second(door, followed):
    held = tells(let_in(door, Way.TWO_PEOPLE), "12-15")
    heard = Found("residents", guardian_says_yes=True, note="Moeder belde zelf.")
    held = propose_entry(held.registration, heard, by=door.rosa, at=LATER)
    assert held.is_proposed
    assert list(queue_for(door.lead, door.incident, Tab.HARD, LATER).filter(pk=held.registration_id))
    assert is_in(door, confirm_entry(held, by=door.lead, at=LATER))


def test_the_person_and_the_registrar_read_what_happens_now(door, followed, log_in):
    held = tells(make_insider(door.centre, by=door.rosa), "12-15", guardian="Joke Zandstra")
    client = log_in(door.member.rosa)
    enter_own_pages(client, held.registration.person_id)
    text = client.get("/mijn/besloten/").content.decode()
    assert "Wij bellen eerst uw ouder of verzorger." in text
    assert "Uw code klopt." not in text
    assert "was binnen, bel de ouder" in client.get(f"/werk/besloten/{door.incident.pk}/").content.decode()
    address = f"/werk/besloten/aanmelding/{held.registration_id}/"
    text = client.get(address).content.decode()
    assert "Deze persoon was al binnen" in text
    assert "De code klopt" not in text
    assert "Haal deze beoordeling weg" not in text
    assert "Het ja is genoteerd." in client.post(address, {"doe": "ouder"}, follow=True).content.decode()
    assert "U bent toegelaten." in client.get("/mijn/besloten/").content.decode()


def test_what_was_begun_is_taken_back_by_a_registrar_and_nobody_was_decided_about(door, log_in):
    held = propose_entry(door.asker, Found("bereaved", note="Zus van."), by=door.rosa, at=AT)
    elsewhere = make_municipality("GM9002", "Elders", region=make_region("VR92", team=make_team("Zuid")))
    stranger = make_actor(Role.IAC_REGISTRAR, municipality=elsewhere, team=make_team("Zuid"))
    for nobody in (stranger, door.editor, person_of(door.asker)):
        with pytest.raises(PermissionDenied):
            take_back(held, by=nobody, at=AT)
    address = f"/werk/besloten/aanmelding/{door.asker.pk}/"
    client = log_in(door.member.wim)
    assert "Haal deze beoordeling weg" in client.get(address).content.decode()
    text = client.post(address, {"doe": "weg"}, follow=True).content.decode()
    assert "alsof niemand keek" in text
    assert not Verification.objects.exists()
    assert TrailEntry.objects.filter(verb="closed_part.taken_back").count() == 1
    assert client.post(address, {"doe": "weg"}).status_code == 404
    assert "Haal deze beoordeling weg" not in client.get(address).content.decode()
    client = log_in(make_membership(Role.IAC_REGISTRAR, team=make_team("Zuid")))
    assert client.post(address, {"doe": "weg"}).status_code == 404


def test_what_was_decided_stays(door):
    held = make_insider(door.centre, by=door.rosa)
    with pytest.raises(ValidationError, match="al over beslist"):
        take_back(held, by=door.rosa, at=AT)
    assert Verification.objects.get() == held


def test_a_code_that_waits_for_a_guardian_is_not_set_free(door):
    made = make_codes(door.centre, "police", "bereaved", 1, by=door.lead, at=AT)
    [code] = give_out_codes(made, by=door.lead, at=AT)
    child = make_asker(door.centre, age_group="12-15")
    held = use_code(child, code, by=person_of(child), at=AT)
    assert held.awaits_guardian
    assert not held.was_in
    with pytest.raises(ValidationError):
        take_back(held, by=door.rosa, at=AT)


def test_the_words_at_the_door_say_what_each_button_needs(door, log_in):
    client = log_in(door.member.lead)
    address = f"/werk/besloten/aanmelding/{door.asker.pk}/"
    text = client.get(address).content.decode()
    for label in ("Wat vroeg u?", "Toelichting"):
        assert f"{label} <span" not in text.split("Niet toelaten")[0]
    assert "kruis minstens één vraag aan" in text
    answer = client.post(address, {"doe": "samen", "relation": "residents", "note": ""})
    assert answer.status_code == 422
    assert "Schrijf op waarom" in answer.content.decode()
    called = {"doe": "bel", "relation": "residents", "asked": ["name"], "note": ""}
    assert client.post(address, called).status_code == 302
    answer = client.post(address, {"doe": "uit", "reason": "press", "note": ""})
    assert answer.status_code == 422
    assert "Schrijf op wat er is gebeurd." in answer.content.decode()
    assert "Toelichting <span" not in answer.content.decode()
    wrong = client.post(address, {"doe": "bel", "relation": "residents", "asked": ["bloedgroep"]})
    assert wrong.status_code == 422
