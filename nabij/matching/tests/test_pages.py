"""The pages of possible doubles, and the pages that do not exist."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nabij.accounts.factories import make_membership, make_team
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.cases.factories import make_case
from nabij.cases.models import Case
from nabij.kit import clock
from nabij.matching import tasks
from nabij.matching.blending import CHOSEN
from nabij.matching.models import Comparison, MatchKey, Merge, PossibleDouble
from nabij.matching.tests.conftest import NOON, compare
from nabij.people.actions.registering import store
from nabij.people.factories import MORNING, make_registration, make_submission
from nabij.people.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(settings, db):
    settings.TOTP_REQUIRED = False
    clock.move_to(NOON)


@pytest.fixture
def client():
    return _client(Role.IAC_REGISTRAR)


def _client(role, **fields):
    client = Client()
    client.force_login(make_membership(role, **fields).user)
    return client


def _address(name, row):
    return reverse(f"matching:{name}", args=[row.pk])


def test_the_panel_counts_the_list_shows_why_and_the_look_is_logged(two, client):
    assert "<b>1</b> paar" in client.get(_address("at_incident", two.fire)).content.decode()
    page = client.get(_address("pairs", two.fire)).content.decode()
    assert "M. Zandstra-Bos" in page
    assert "Naam lijkt erop, telefoonnummer verschilt één cijfer, zelfde e-mailadres" in page
    assert set(ReadEntry.objects.values_list("person_id", flat=True)) == {
        two.early.person_id,
        two.late.person_id,
    }


def test_side_by_side_shows_what_differs_and_who_may_make_contact_and_why(two, client):
    page = client.get(_address("pair", two.pair)).content.decode()
    assert page.count('class="badge">verschilt') == 3  # name, phone, where
    assert "het laatste antwoord telt" in page
    assert page.index(two.early.reference) < page.index(two.late.reference)
    other = client.get(_address("pair", two.pair), {"blijft": str(two.late.pk)}).content.decode()
    assert other.index(two.late.reference) < other.index(two.early.reference)


def test_merging_and_putting_back_from_the_page(two, client):
    told = {"blijft": str(two.early.pk), "name": "folded", "phone": "kept", "zone": "folded"}
    answer = client.post(_address("pair", two.pair), told)
    assert answer.status_code == 302
    assert client.get(_address("pair", two.pair)).url == answer.url
    page = client.get(answer.url).content.decode()
    assert two.late.reference in page
    assert "Zandstra" not in page  # references only: nobody is opened here
    client.post(_address("undo", Merge.objects.get()))
    assert "teruggezet" in client.get(answer.url).content.decode()
    again = client.post(_address("undo", Merge.objects.get()), follow=True).content.decode()
    assert "al teruggezet" in again


def test_a_choice_that_is_missing_or_unknown_is_said_beside_the_field_and_the_rest_is_kept(two, client):
    told = {"blijft": str(two.late.pk), "name": "iets", "phone": "folded"}
    answer = client.post(_address("pair", two.pair), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_name"' in page
    assert f'name="blijft" value="{two.late.pk}"' in page
    assert re.search(r'name="phone" value="folded"[^>]* checked', page)
    assert not Merge.objects.exists()


def test_a_registration_with_a_case_stays(two, client):
    case = make_case("Mirjam Zandstra")
    Case.objects.filter(pk=case.pk).update(person=two.late.person)
    told = {"blijft": str(two.early.pk), "name": "kept", "phone": "kept", "zone": "kept"}
    answer = client.post(_address("pair", two.pair), told)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Deze aanmelding kan beter blijven" in text
    assert "dossier hoort" not in text


def test_two_people_and_too_late(two, client):
    assert client.post(_address("different", two.pair)).status_code == 302
    assert "M. Zandstra-Bos" not in client.get(_address("pairs", two.fire)).content.decode()
    page = client.post(_address("different", two.pair), follow=True).content.decode()
    assert "Een collega was u voor" in page
    Registration.objects.filter(pk=two.late.pk).update(state="merged")
    told = {"blijft": str(two.early.pk), "name": "kept", "phone": "kept", "zone": "kept"}
    page = client.post(_address("pair", two.pair), told, follow=True).content.decode()
    assert "Een collega was u voor" in page


def test_a_number_that_may_not_be_shown_is_neither_shown_nor_named(two, client):
    row = make_registration(two.fire, name="Mirjam Zandstra", phone="+31600000042", safe_to_call="no")
    compare()
    pair = PossibleDouble.objects.get(first_id=min(row.pk, two.early.pk), second_id=max(row.pk, two.early.pk))
    page = client.get(_address("pair", pair)).content.decode()
    assert pair.reasons == ["name", "phone", "email", "place"]
    assert "zelfde telefoonnummer" not in page
    assert "niet te zien voor u" in page
    assert page.count("+31600000042") == 1  # of the one who may be called


@pytest.mark.parametrize("name", ["pair", "different", "undo"])
def test_a_pair_of_another_area_does_not_exist_for_you(name, two, client):
    row = two.pair
    if name == "undo":
        client.post(_address("pair", row), {"name": "kept", "phone": "kept", "zone": "kept"})
        row = Merge.objects.get()
    elsewhere = _client(Role.IAC_REGISTRAR, team=make_team("Zuid"))
    answer = elsewhere.get(_address(name, row)) if name == "pair" else elsewhere.post(_address(name, row))
    assert answer.status_code == 404
    assert elsewhere.get(_address("pairs", two.fire)).status_code == 404


@pytest.mark.parametrize("name", ["pairs", "at_incident", "merges"])
def test_who_works_at_the_event_but_is_no_registrar_may_not(name, two):
    chief = _client(Role.IAC_CHIEF)
    assert chief.get(_address(name, two.fire)).status_code == 403
    assert chief.get(_address("pair", two.pair)).status_code == 404
    assert chief.post(reverse("matching:undo", args=[two.pair.pk])).status_code == 404


def test_a_form_that_was_sent_again_says_what_comes_first(two, client):
    key = two.early.form_key
    again = make_submission(two.fire.pk, form_key=key, sent_at=NOON, name="Mirjam Zandstra", phone="")
    store([again], by=SYSTEM, at=NOON, machine_at=NOON)
    chosen = dict.fromkeys(CHOSEN, "kept")
    sent = client.post(_address("pair", two.pair), {"blijft": two.early.pk, **chosen})
    assert sent.status_code == 422
    assert "Voeg eerst die twee formulieren samen." in sent.content.decode()
    assert not Merge.objects.exists()


def test_lists_ask_the_database_as_often_for_one_as_for_five(two, client):
    counted = []
    for number in (0, 4):
        for each in range(number):
            for _twice in (0, 1):
                make_registration(
                    two.fire, name=f"Tijn {'abcd'[each] * 4}man", phone="", email=f"t{each}@example.nl"
                )
        compare()
        client.get(_address("pairs", two.fire))
        with CaptureQueriesContext(connection) as asked:
            client.get(_address("pairs", two.fire))
        counted.append(len(asked))
    assert PossibleDouble.objects.count() >= 5
    assert counted[0] == counted[1]


def test_the_jobs_fill_compare_renew_and_forget(monkeypatch, two):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    third = make_registration(two.fire, name="Mirjam Zandstra")
    entry = TrailEntry.objects.filter(verb="registration.received").latest("pk")
    for _ in range(2):
        tasks.fill(entry_id=entry.pk)
    tasks.fill_what_is_missing(timestamp=0)
    assert Comparison.objects.filter(compared_at__isnull=False).count() == 3
    Registration.objects.filter(pk=third.pk).update(state="withdrawn", withdrawn_at=NOON)
    told = TrailEntry.objects.create(
        verb="registration.withdrawn", at=MORNING, actor_kind="system", subject_kind="Registration",
        subject_id=third.pk,
    )  # fmt: skip
    tasks.renew(entry_id=told.pk)
    tasks.renew(entry_id=entry.pk)
    assert not MatchKey.objects.filter(registration=third).exists()
    tasks.forget(entry_id=entry.pk)
    assert Registration.objects.count() == 3
