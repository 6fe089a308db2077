"""What the police agreed about contact is never lost, and safe contact closes what nobody agreed to."""

from datetime import time

import pytest

from nabij.accounts.models import Municipality
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed, rule_of
from nabij.notify.models import Way
from nabij.people.models import Person
from nabij.police.forms import ReferralForm
from nabij.police.models import Headcount

PERSON = {
    "name": "Ilse Vermaat", "phone": "06 00 00 00 51", "language": "nl", "topic": "EVT-03",
    "capacity": "victim", "has_agreed": "on",
}  # fmt: skip
MESSAGE = {"has_assessment": "on", "police_number": "PL-1", "assessed_on": "2027-03-01"}


@pytest.fixture
def police(noordwest, client):
    client.force_login(noordwest.member.hester.user)
    return client


def form_of(noordwest, **told):
    places = Municipality.objects.all()
    return ReferralForm(PERSON | {"municipality": noordwest.municipality.pk} | told, places=places)


def test_safe_contact_closes_every_way_where_only_the_guardian_was_told(noordwest, police):
    told = PERSON | MESSAGE | {
        "municipality": noordwest.municipality.pk, "is_minor": "on", "guardian": "Mw. Bos",
        "measures": ["PM-18"],
    }  # fmt: skip
    assert police.post("/werk/verwijzen/", told).status_code == 302
    rule = rule_of(Person.objects.get().pk)
    assert rule.ways == []


@pytest.mark.parametrize(
    "hours",
    [{"from_time": "12:00"}, {"until_time": "13:00"}, {"from_time": "13:00", "until_time": "12:00"}],
)
def test_hours_that_say_nothing_are_asked_again_and_never_forgotten(noordwest, hours):
    assert "until_time" in form_of(noordwest, safe_ways=["call"], **hours).errors


@pytest.mark.parametrize(
    ("told", "name", "kept"),
    [
        ({"code_word": "Merel"}, "code_word", "Merel"),
        ({"from_time": "12:00", "until_time": "13:00"}, "from_time", time(12)),
    ],
)
def test_a_code_word_or_hours_without_a_way_are_a_rule_too(noordwest, told, name, kept):
    form = form_of(noordwest, **told)
    assert form.is_valid(), form.errors
    rule = form.agreed()
    assert rule is not None
    assert getattr(rule, name) == kept
    assert Way.VISIT not in rule.ways


def test_who_lives_with_the_suspect_is_not_counted_for_the_municipality(noordwest, police):
    told = PERSON | {"municipality": noordwest.municipality.pk, "topic": "EVT-15"}
    police.post("/werk/verwijzen/", told | {"lives_with_suspect": "on"})
    assert Person.objects.count() == 1
    assert not Headcount.objects.exists()


def send(noordwest, police, **told):
    named = PERSON | MESSAGE | {"municipality": noordwest.municipality.pk} | told
    assert police.post("/werk/verwijzen/", named).status_code == 302
    return Person.objects.get().pk


def send_safe_contact_later(police):
    told = {"police_number": "PL-1", "assessed_on": "2027-03-11", "measures": ["PM-18"]}
    assert police.post("/werk/verwijzen/beoordeling/", told).status_code == 302


def test_safe_contact_in_a_later_message_closes_ways_that_nobody_named(noordwest, police):
    person_id = send(noordwest, police, code_word="Merel")
    send_safe_contact_later(police)
    rule = rule_of(person_id)
    assert rule.ways == []
    assert unseal(person_id, rule.code_word_sealed) == "Merel"


def test_safe_contact_in_a_later_message_leaves_ways_that_were_agreed(noordwest, police):
    person_id = send(noordwest, police, code_word="Merel", safe_ways=["call"])
    send_safe_contact_later(police)
    assert rule_of(person_id).ways == ["call"]
    everything_but_visits = tuple(way for way in Way if way != Way.VISIT)
    agree_contact(person_id, Agreed(everything_but_visits), by=noordwest.ayla, at=clock.now())
    send_safe_contact_later(police)
    assert set(rule_of(person_id).ways) == set(everything_but_visits)


def test_safe_contact_in_a_later_message_where_nothing_was_agreed_closes_every_way(noordwest, police):
    person_id = send(noordwest, police)
    assert rule_of(person_id) is None
    send_safe_contact_later(police)
    assert rule_of(person_id).ways == []


def test_a_day_still_to_come_is_refused_beside_its_field_and_counts_nobody(noordwest, police):
    told = PERSON | {
        "municipality": noordwest.municipality.pk,
        "topic": "EVT-12",
        "happened_on": "2099-03-01",
    }
    for place in ("/werk/verwijzen/", "/werk/verwijzen/geen-hulp/"):
        answer = police.post(place, told)
        assert answer.status_code == 422
        assert "moet nog komen" in str(answer.context["form"].errors["happened_on"])
        assert "2099-03-01" in answer.content.decode()
    assert not Headcount.objects.exists()
    assert not Person.objects.exists()
