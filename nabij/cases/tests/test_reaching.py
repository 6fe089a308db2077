"""Another phone, e-mail or address takes the place of the old everywhere, and others look again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from nabij.audit.actor import SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.cases import tasks
from nabij.cases.actions import change_reach, open_address, pull_wishes
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case, SearchKey
from nabij.cases.queries import search_cases
from nabij.incidents.factories import NIGHT, make_incident
from nabij.keys.sealing import unseal
from nabij.notify.models import ContactPoint
from nabij.people.actions.own import change_registration
from nabij.people.actions.receiving import forget_person
from nabij.people.factories import enter_own_pages, make_answers, make_registration
from nabij.people.marks import login_mark
from nabij.people.models import BlindIndex, Person, Registration
from nabij.people.visit import COOKIE, renew

LATER = WEDNESDAY + timedelta(hours=1)
HOME = "Kerkstraat 12a, 1234 AB Waterdijk"


@pytest.fixture
def case(noordwest):
    return make_case(helper=noordwest.member.ayla, email="elske@example.nl", address=HOME)


def change(case, told, by, *, is_minor=None):
    change_reach(case, told, is_minor=is_minor, by=by, at=LATER)
    return Person.objects.get(pk=case.person_id)


def marks(case):
    found = {"phone": set(), "email": set(), "address": set()}
    for kind, digest in SearchKey.objects.filter(case=case, kind__in=found).values_list("kind", "digest"):
        found[kind].add(bytes(digest))
    return found


def test_what_is_told_takes_the_place_of_the_old_and_the_rest_stays(noordwest, case):
    before = marks(case)
    person = change(case, {"phone": "+31600000077"}, noordwest.ayla)
    assert unseal(person.pk, person.phone_sealed) == "+31600000077"
    assert unseal(person.pk, person.name_sealed) == "Elske Rademaker"
    assert open_address(Case.objects.get(), "Bezoek", by=noordwest.ayla, at=LATER) == HOME
    points = ContactPoint.objects.filter(subject_id=person.pk, is_active=True)
    assert {unseal(person.pk, each.value_sealed) for each in points} == {"+31600000077", "elske@example.nl"}
    assert not BlindIndex.objects.filter(digest=login_mark("phone", "+31600000051")).exists()
    assert BlindIndex.objects.filter(digest=login_mark("phone", "+31600000077")).count() == 1
    assert BlindIndex.objects.filter(digest=login_mark("email", "elske@example.nl")).count() == 1
    after = marks(case)
    assert after["phone"] != before["phone"]
    assert (after["email"], after["address"]) == (before["email"], before["address"])
    assert search_cases("", "+31600000077", "", by=noordwest.ayla, at=LATER).rows[0].case == case
    assert not search_cases("", "+31600000051", "", by=noordwest.ayla, at=LATER).rows


def test_another_address_gets_other_marks_and_no_new_contact_points(noordwest, case):
    before, points = marks(case)["address"], ContactPoint.objects.count()
    person = change(case, {"address": "Dorpsweg 3, 1234 CD Waterdijk"}, noordwest.ayla)
    assert not marks(case)["address"] & before
    assert len(marks(case)["address"]) == 2
    assert b"Dorpsweg" not in bytes(person.address_sealed)
    assert ContactPoint.objects.count() == points


def test_what_is_gone_is_not_kept(noordwest, case):
    person = change(case, {"phone": "", "email": "", "address": ""}, noordwest.ayla)
    assert (bytes(person.phone_sealed), bytes(person.address_sealed)) == (b"", b"")
    assert (person.has_phone, person.has_email) == (False, False)
    assert not any(marks(case).values())
    assert not BlindIndex.objects.exists()
    assert not ContactPoint.objects.filter(is_active=True).exists()


def test_the_trail_says_that_it_changed_and_not_into_what(noordwest, case):
    change(case, {"phone": "+31600000077", "address": HOME}, noordwest.ayla)
    entry = TrailEntry.objects.get(verb="case.reach_changed")
    assert (entry.subject_id, entry.actor_id) == (case.pk, noordwest.ayla.id)
    assert entry.facts == {"phone": True, "address": True}


def test_every_case_of_the_person_follows(noordwest, case):
    event = make_incident()
    second = make_case("Elske", team=noordwest.team)
    Case.objects.filter(pk=second.pk).update(person=case.person, incident=event)
    change(case, {"phone": "+31600000077"}, noordwest.ayla, is_minor=True)
    assert marks(case)["phone"] == marks(second)["phone"]
    assert set(Case.objects.values_list("is_minor", flat=True)) == {True}
    change(case, {"email": ""}, noordwest.ayla)
    assert Case.objects.filter(is_minor=True).count() == 2
    change(case, {}, noordwest.ayla, is_minor=False)
    assert not Case.objects.filter(is_minor=True).exists()
    assert TrailEntry.objects.filter(verb="case.reach_changed").count() == 6
    within = BlindIndex.objects.filter(person=case.person, kind="phone").values_list("controller", flat=True)
    assert sorted(within) == ["eigen-omgeving", f"gebeurtenis:{event.pk}"]


def test_who_has_the_old_phone_is_out_at_once_and_a_new_entry_is_let_in(noordwest, case, client):
    enter_own_pages(client, case.person_id)
    assert client.get("/mijn/").status_code == 200
    change(case, {"phone": "+31600000077"}, noordwest.ayla)
    assert client.get("/mijn/")["Location"] == "/mijn/inloggen/"
    enter_own_pages(client, case.person_id)
    assert client.get("/mijn/").status_code == 200
    assert client.get("/mijn/").status_code == 200


def test_a_page_that_was_asked_before_the_change_does_not_let_the_old_phone_in_again(
    noordwest, case, client, rf
):
    enter_own_pages(client, case.person_id)
    asked = rf.get("/mijn/")
    asked.COOKIES[COOKIE] = client.cookies[COOKIE].value
    change(case, {"email": "nieuw@example.nl"}, noordwest.ayla)
    client.cookies[COOKIE] = renew(HttpResponse(), asked).cookies[COOKIE].value
    assert client.get("/mijn/")["Location"] == "/mijn/inloggen/"


@pytest.mark.parametrize("who", ["daan", "femke", "zuid", "hester", "imke", "nadia"])
def test_who_does_not_help_changes_nothing(noordwest, case, who):
    with pytest.raises(PermissionDenied):
        change(case, {"phone": ""}, getattr(noordwest, who))
    assert Person.objects.get().has_phone


def test_a_secret_address_is_marked_too_and_erasing_takes_the_marks_along(noordwest, case):
    assert len(marks(case)["address"]) == 2
    forget_person(case.person, by=SYSTEM, at=LATER)
    assert not SearchKey.objects.exists()


def test_nobody_finds_a_case_by_its_address(noordwest, case):
    for typed in (HOME, "1234ab 12-a", "kerkstraat 12-a"):
        assert not search_cases(typed, typed, typed, by=noordwest.ayla, at=LATER).rows


def test_who_changes_the_own_registration_is_found_by_the_new_number(noordwest, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    event = make_incident(at=NIGHT)
    row = make_registration(event, yes_to=("victim_support",), at=NIGHT)
    pull_wishes(by=SYSTEM, at=NIGHT)
    person = Actor(ActorKind.HELPED_PERSON, id=row.person_id)
    answers = make_answers(phone="+31600000088", yes_to=("victim_support",))
    change_registration(row, answers, language="nl", by=person, at=NIGHT)
    tasks.follow_registration(TrailEntry.objects.get(verb="registration.changed").pk)
    assert search_cases("", "+31600000088", "", by=noordwest.olaf, at=NIGHT).rows
    Registration.objects.all().delete()
    tasks.follow_registration(TrailEntry.objects.get(verb="registration.changed").pk)
    tasks.follow_registration(0)
    assert TrailEntry.objects.filter(verb="case.reach_changed").count() == 1
