"""Search before create: found although misheard, and never more than the registrar may see."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij.accounts.factories import make_actor, make_team
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from nabij.audit.models import ReadEntry
from nabij.incidents.factories import make_incident
from nabij.matching.actions import comparing, keying
from nabij.matching.actions.keying import fill_keys, renew_keys
from nabij.matching.content import terms
from nabij.matching.factories import make_registered
from nabij.matching.models import Comparison, MatchKey, PossibleDouble
from nabij.matching.queries import candidates
from nabij.matching.sought import Sought
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.actions.receiving import forget_person
from nabij.people.factories import MORNING, make_answers, make_registration
from nabij.people.models import AccessGrant

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)
NOBODY = {"phone": "", "email": ""}


@pytest.fixture
def fire(db):
    return make_incident()


@pytest.fixture
def bo(fire):
    return make_actor(Role.IAC_REGISTRAR)


def _found(sought, fire, actor, at=LATER):
    return [each.line.name for each in candidates(sought, fire, actor, at)]


@pytest.mark.parametrize(
    ("registered", "told"),
    [
        ("Anna Jansen-de Vries", "Anna de Vries"),
        ("Anna Jansen-de Vries", "Anna de Vries-Jansen"),
        ("Jan van den Berg", "Johannes v.d. Berg"),
        ("Jan van den Berg", "Vandenberg Jan"),
        ("Mohamed El Amrani", "Muhammad Elamrani"),
        ("Thijs IJzerman", "Tijs Yzerman"),
        ("Şule Yılmaz", "Sule Yilmas"),
        ("Володимир Шевченко", "Wolodymyr Sjevtsjenko"),
        ("Agnieszka Wójcik", "Agnes Woicik"),
        ("Mirjam Zandstra", "Zandstra, Mirjam"),
        ("Mirjam Zandstra", "Mirjam Zandsra"),
    ],
)
def test_somebody_is_found_although_the_name_is_written_otherwise(registered, told, fire, bo):
    make_registered(fire, name=registered, **NOBODY)
    make_registered(fire, name="Tijn Overbeek", **NOBODY)
    assert _found(Sought(name=told), fire, bo)[:1] == [registered]


def test_a_phone_number_finds_somebody_whatever_the_name_and_says_why(fire, bo):
    make_registered(fire, name="Mirjam Zandstra", phone="+31600000042", email="")
    [found] = candidates(Sought(name="Iemand Anders", phone="06-00 00 00 42"), fire, bo, LATER)
    assert found.reasons == ["zelfde telefoonnummer"]
    [near] = candidates(Sought(name="Mirjam Sandstra", phone="0600000043"), fire, bo, LATER)
    assert near.reasons == ["naam klinkt hetzelfde", "telefoonnummer verschilt één cijfer"]


def test_every_look_is_in_the_read_log(fire, bo):
    row = make_registered(fire)
    candidates(Sought(name="Mirjam Zandstra"), fire, bo, LATER)
    assert list(ReadEntry.objects.values_list("person_id", "actor_id")) == [(row.person_id, bo.id)]


def test_at_most_ten_are_shown_and_fewer_when_fewer_are_asked(fire, bo):
    for _ in range(12):
        make_registration(fire)
    fill_keys(by=SYSTEM, at=MORNING)
    assert len(candidates(Sought(name="Mirjam Zandstra"), fire, bo, LATER)) == 10
    assert len(candidates(Sought(name="Mirjam Zandstra"), fire, bo, LATER, most=3)) == 3


@pytest.mark.parametrize(
    "actor",
    [ANONYMOUS, SYSTEM, Actor(ActorKind.HELPED_PERSON), *[role for role in Role if role not in (
        Role.IAC_REGISTRAR, Role.IAC_REGISTRAR_LEAD)]],
)  # fmt: skip
def test_who_may_not_list_registrations_finds_nobody(actor, fire):
    make_registered(fire)
    actor = make_actor(actor) if isinstance(actor, Role) else actor
    assert candidates(Sought(name="Mirjam Zandstra", phone="0600000042"), fire, actor, LATER) == []


def test_nobody_is_found_at_another_incident_nor_by_another_area_nor_after_access_ended(fire, bo):
    make_registered(fire)
    sought = Sought(name="Mirjam Zandstra", phone="0600000042", email="mirjam@example.nl")
    assert _found(sought, fire, bo) == ["Mirjam Zandstra"]
    assert _found(sought, make_incident(place="Elders"), bo) == []
    assert _found(sought, fire, make_actor(Role.IAC_REGISTRAR, team=make_team("Zuid"))) == []
    AccessGrant.objects.update(ends_at=LATER)
    assert _found(sought, fire, bo) == []
    assert ReadEntry.objects.count() == 1


def test_a_number_that_may_not_be_shown_betrays_nobody(fire, bo):
    row = make_registered(fire, name="Ilse Vermaat", phone="+31600000042", email="ilse@example.nl")
    agree_contact(row.person_id, Agreed(()), by=Actor(ActorKind.HELPED_PERSON, id=row.person_id), at=LATER)
    make_registered(fire, name="Noor Bakker", phone="+31600000043", email="", safe_to_call="no")
    for number, address in (("0600000042", ""), ("", "ilse@example.nl"), ("0600000043", "")):
        assert candidates(Sought(phone=number, email=address), fire, bo, LATER) == []
    [found] = candidates(Sought(name="Ilse Vermaat", phone="0600000042"), fire, bo, LATER)
    assert found.reasons == ["zelfde naam"]
    assert (found.line.phone, found.line.email) == ("", "")


def test_who_withdrew_changed_or_was_erased_is_not_found_by_the_old_words(fire, bo):
    gone, changed, erased = (
        make_registered(fire, name=name, **NOBODY) for name in ("Mirjam Zandstra", "Tijn Visser", "Noor Bos")
    )
    withdraw_registration(gone, by=Actor(ActorKind.HELPED_PERSON, id=gone.person_id), at=LATER)
    by = Actor(ActorKind.HELPED_PERSON, id=changed.person_id)
    change_registration(changed, make_answers(name="Job Kuipers", **NOBODY), language="nl", by=by, at=LATER)
    for row in (gone, changed):
        renew_keys(row.pk, by=SYSTEM, at=LATER)
    forget_person(erased.person, by=SYSTEM, at=LATER)
    renew_keys(erased.pk, by=SYSTEM, at=LATER)
    assert not MatchKey.objects.exclude(registration=changed).exists()
    for name in ("Mirjam Zandstra", "Tijn Visser", "Noor Bos"):
        assert _found(Sought(name=name), fire, bo) == []
    assert _found(Sought(name="Job Kuipers"), fire, bo) == ["Job Kuipers"]


def test_keys_are_made_once_and_made_anew_when_the_rules_changed(fire, monkeypatch):
    make_registration(fire)
    held = make_registration(fire)
    held.__class__.objects.filter(pk=held.pk).update(state="held", incident=None)
    assert [fill_keys(by=SYSTEM, at=MORNING) for _ in range(2)] == [1, 0]
    before = set(MatchKey.objects.values_list("digest", flat=True))
    Comparison.objects.update(rules=0, compared_at=LATER)
    assert fill_keys(by=SYSTEM, at=LATER) == 1
    assert set(MatchKey.objects.values_list("digest", flat=True)) == before
    assert Comparison.objects.get().compared_at is None


def test_a_search_with_nothing_in_it_finds_nobody(fire, bo):
    make_registered(fire)
    assert candidates(Sought(), fire, bo, LATER) == []


def test_the_search_asks_the_database_as_often_for_one_as_for_five(fire, bo):
    counted = []
    for number in (1, 4):
        for _ in range(number):
            make_registration(fire)
        fill_keys(by=SYSTEM, at=MORNING)
        with CaptureQueriesContext(connection) as asked:
            candidates(Sought(name="Mirjam Zandstra"), fire, bo, LATER)
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 9


@pytest.mark.parametrize("number_of_batches", [1, 2])
def test_a_run_that_stops_goes_on_where_it_was_left(number_of_batches, fire, monkeypatch):
    few = replace(terms(), batch=1, most_batches=number_of_batches)
    for module in (keying, comparing):
        monkeypatch.setattr(module, "terms", lambda: few)
    for _ in range(2):
        make_registration(fire)
    for act in (keying.fill_keys, comparing.compare_all):
        assert [act(by=SYSTEM, at=MORNING) for _ in range(3)] == (
            [1, 1, 0] if number_of_batches == 1 else [2, 0, 0]
        )
    assert PossibleDouble.objects.count() == 1
