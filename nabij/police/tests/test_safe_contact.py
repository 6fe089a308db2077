"""What the police agreed about contact is never lost, and safe contact closes what nobody agreed to."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from nabij.accounts.models import Municipality
from nabij.cases.actions import agree_rule
from nabij.cases.factories import give
from nabij.cases.models import Case
from nabij.kit import clock
from nabij.kit.tests.at_once import together
from nabij.notify.contact_rules import Agreed, agreed_of, rule_of
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


UPDATE = "/werk/verwijzen/beoordeling/"


def refer(noordwest, police, **told):
    """Somebody with an assessment without safe contact, and what else was told."""
    first = PERSON | MESSAGE | {"municipality": noordwest.municipality.pk} | told
    assert police.post("/werk/verwijzen/", first).status_code == 302
    return Case.objects.select_related("person", "team").get()


def write_again(police, *measures):
    assert police.post(UPDATE, MESSAGE | {"measures": list(measures)}).status_code == 302


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"guardian": "Mw. Bos", "is_minor": "on"}, {"guardian": "Mw. Bos"}),
        ({"code_word": "Merel"}, {"code_word": "Merel"}),
        (
            {"from_time": "12:00", "until_time": "13:00", "code_word": "Merel"},
            {"from_time": time(12), "until_time": time(13), "code_word": "Merel"},
        ),
    ],
)
def test_safe_contact_in_a_later_message_closes_the_ways_that_nobody_named_and_keeps_the_rest(
    noordwest, police, told, kept
):
    case = refer(noordwest, police, **told)
    assert Way.CALL in rule_of(case.person_id).ways
    write_again(police, "PM-18")
    assert agreed_of(rule_of(case.person_id)) == replace(Agreed(()), **kept)


def test_safe_contact_in_a_later_message_leaves_the_ways_that_the_police_named(noordwest, police):
    case = refer(noordwest, police, safe_ways=["call"], code_word="Merel")
    write_again(police, "PM-18")
    assert rule_of(case.person_id).ways == [Way.CALL]


def test_what_the_helper_agreed_with_the_person_meanwhile_stays(noordwest, police):
    case = refer(noordwest, police, code_word="Merel")
    give(case, noordwest.member.ayla, at=clock.now())
    agreed = replace(agreed_of(rule_of(case.person_id)), code_word="Specht")
    agree_rule(case, agreed, by=noordwest.ayla, at=clock.now())
    write_again(police, "PM-18")
    assert agreed_of(rule_of(case.person_id)) == agreed


def test_ways_that_were_all_named_together_with_safe_contact_stay_as_named(noordwest, police):
    named = [way for way in Way if way != Way.VISIT]
    case = refer(noordwest, police, safe_ways=named, measures=["PM-18"])
    assert rule_of(case.person_id).ways == named


def test_a_message_without_safe_contact_opens_nothing_again(noordwest, police):
    case = refer(noordwest, police, guardian="Mw. Bos")
    write_again(police, "PM-18")
    write_again(police, "PM-04")
    write_again(police)
    assert rule_of(case.person_id).ways == []


@pytest.mark.django_db(transaction=True)
def test_a_rule_that_is_agreed_while_the_police_write_is_not_lost(noordwest, police):
    case = refer(noordwest, police, code_word="Merel")
    give(case, noordwest.member.ayla, at=clock.now())

    def agree():
        agree_rule(case, Agreed((Way.SMS,), code_word="Specht"), by=noordwest.ayla, at=clock.now())

    def write():
        write_again(police, "PM-18")

    assert together(agree, write) == []
    assert agreed_of(rule_of(case.person_id)) == Agreed((Way.SMS,), code_word="Specht")


@pytest.mark.parametrize(
    ("address", "told"), [("/werk/verwijzen/", PERSON | MESSAGE), ("/werk/verwijzen/geen-hulp/", {})]
)
def test_a_day_that_is_still_to_come_is_refused_beside_its_field_and_what_was_typed_stays(
    noordwest, police, address, told
):
    today = clock.local(clock.now()).date()
    tomorrow = (today + timedelta(days=1)).isoformat()
    typed = {"topic": "EVT-12", "municipality": noordwest.municipality.pk, "happened_on": tomorrow}
    refused = police.post(address, told | typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Deze dag moet nog komen" in refused.context["form"].errors["happened_on"][0]
    assert f'value="{tomorrow}"' in page
    assert "Deze dag moet nog komen" in page
    assert not Person.objects.exists()
    assert not Headcount.objects.exists()
    assert police.post(address, told | typed | {"happened_on": today.isoformat()}).status_code == 302
    assert Headcount.objects.get().happened_on == today
