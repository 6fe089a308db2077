from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.audit.reading import log_read
from nabij.keys.sealing import unseal
from nabij.notify.models import ContactPoint
from nabij.people import queries, visit
from nabij.people.actions.own import change_registration, withdraw_registration
from nabij.people.actions.registering import believe, store
from nabij.people.factories import MORNING, make_answers, make_registration, make_submission
from nabij.people.models import BlindIndex, Consent, ContactWish, Registration
from nabij.people.policies import can_change, can_withdraw
from nabij.people.submissions import SUSPECT

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


def _self(row):
    return Actor(ActorKind.HELPED_PERSON, id=row.person_id)


def _change(row, **answers):
    return change_registration(row, make_answers(**answers), language="nl", by=_self(row), at=LATER)


@pytest.fixture
def inside():
    """Let somebody in, as the right code does."""

    def let_in(row):
        client, response = Client(), HttpResponse()
        client.cookies = visit.remember(response, row.person_id).cookies
        return client

    return let_in


def test_a_changed_consent_is_a_new_row_and_the_old_one_keeps_its_end():
    row = make_registration(yes_to=("ggd",))
    _change(row, yes_to=("municipality",))
    now = queries.consents_now(row)
    assert {name: each.is_given for name, each in now.items()} == {
        "victim_support": False,
        "ggd": False,
        "municipality": True,
    }
    assert now["victim_support"].at == row.received_at
    assert now["ggd"].at == LATER
    old = Consent.objects.get(registration=row, receiver="ggd", is_given=True)
    assert old.withdrawn_at == LATER


def test_new_addresses_take_the_place_of_the_old_everywhere():
    row = make_registration()
    _change(row, email="nieuw@example.nl", phone="")
    row.person.refresh_from_db()
    assert unseal(row.person_id, row.person.email_sealed) == "nieuw@example.nl"
    assert not row.person.has_phone
    assert BlindIndex.objects.filter(person=row.person).count() == 2
    [point] = ContactPoint.objects.filter(subject_id=row.person_id, is_active=True)
    assert unseal(row.person_id, point.value_sealed) == "nieuw@example.nl"


def test_the_wish_follows_the_consents():
    row = make_registration()
    _change(row, yes_to=("ggd",), urgent="yes")
    wish = ContactWish.objects.get(person=row.person)
    assert (wish.state, wish.is_urgent) == ("open", True)
    _change(row)
    wish.refresh_from_db()
    assert wish.state == "cancelled"
    _change(row, yes_to=("ggd",))
    wish.refresh_from_db()
    assert (wish.state, wish.is_urgent) == ("open", False)


def test_withdrawing_takes_back_every_consent_and_cancels_the_wish():
    row = make_registration(yes_to=("ggd", "victim_support"))
    withdraw_registration(row, by=_self(row), at=LATER)
    row.refresh_from_db()
    assert (row.state, row.withdrawn_at) == ("withdrawn", LATER)
    assert not Consent.objects.filter(registration=row, withdrawn_at=None).exists()
    assert ContactWish.objects.get().state == "cancelled"
    with pytest.raises(PermissionDenied):
        withdraw_registration(row, by=_self(row), at=LATER)
    with pytest.raises(PermissionDenied):
        _change(row)


@pytest.mark.parametrize("who", ["self", "other", "anonymous", "system", *Role.values])
@pytest.mark.parametrize("state", ["new", "withdrawn"])
def test_only_the_person_changes_and_withdraws_and_only_while_it_stands(who, state):
    row = make_registration()
    if state == "withdrawn":
        withdraw_registration(row, by=_self(row), at=LATER)
        row.refresh_from_db()
    others = {
        "self": _self(row),
        "other": Actor(ActorKind.HELPED_PERSON, id=uuid4()),
        "anonymous": ANONYMOUS,
        "system": SYSTEM,
    }
    actor = others.get(who) or make_actor(Role(who))
    expected = (who, state) == ("self", "new")
    assert can_change(actor, row, LATER) is expected
    assert can_withdraw(actor, row, LATER) is expected


def test_the_own_page_shows_what_was_told_who_may_make_contact_and_who_looked(inside):
    row = make_registration(yes_to=("ggd",), needs=["money"], name="Mirjam 🧡")
    registrar = make_actor(Role.IAC_REGISTRAR, name="Ayla Demir")
    log_read([row.person_id], by=registrar, purpose="aftercare", at=LATER)
    page = inside(row).get("/mijn/").content.decode()
    for told in ("Mirjam 🧡", "06 00000042", "Geld", "ja, sinds", "nee, sinds", "Ayla", "nazorg"):
        assert told in page
    assert "Demir" not in page  # staff are named by first name
    assert "veranderd" not in page


def test_the_own_page_says_when_nobody_looked_and_speaks_english(inside):
    page = inside(make_registration()).get("/mijn/", headers={"accept-language": "en"}).content.decode()
    assert "Nobody has looked at your details yet." in page
    assert "Who may contact you" in page


def test_changing_and_withdrawing_on_the_pages(inside):
    row = make_registration(yes_to=("ggd",), needs=["money"], urgent="yes")
    client = inside(row)
    page = client.get("/mijn/veranderen/").content.decode()
    assert 'value="Mirjam Zandstra"' in page
    assert 'value="money"' in page
    wrong = client.post("/mijn/veranderen/", {"relation": "resident", "name": ""})
    assert wrong.status_code == 422
    done = client.post(
        "/mijn/veranderen/", {"relation": "witness", "name": "M", "consent_municipality": "yes"}
    )
    assert done.status_code == 302
    assert "Uw aanmelding is veranderd." in client.get(done["Location"]).content.decode()
    row.refresh_from_db()
    assert row.relation == "witness"
    assert queries.consents_now(row)["municipality"].is_given
    assert "niet terugdraaien" in client.get("/mijn/intrekken/").content.decode()
    client.post("/mijn/intrekken/")
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert "Niemand neemt nog contact met u op." in client.get("/mijn/").content.decode()
    for path in ("/mijn/veranderen/", "/mijn/intrekken/"):
        assert client.get(path)["Location"] == "/mijn/"


def test_an_answer_that_todays_form_would_refuse_is_still_shown(inside):
    row = make_registration(relation="stargazer", needs=["moonlight"])
    page = inside(row).get("/mijn/").content.decode()
    assert "Mirjam Zandstra" in page
    assert "stargazer" in page


def _sent_again(row, **answers):
    told = make_submission(row.incident_id, form_key=row.form_key, sent_at=LATER, **answers)
    [again] = store([told], by=SYSTEM, at=LATER, machine_at=LATER)
    assert again.state == "correction"
    return again


@pytest.mark.parametrize("which", ["first", "again"])
def test_who_takes_it_back_takes_every_form_back_that_was_sent_again(which, inside):
    """The page promises that nobody makes contact any more: not about an earlier form either."""
    first = make_registration(yes_to=("ggd", "victim_support"))
    again = _sent_again(first, yes_to=("victim_support",), name="Mirjam Bos")
    taken = {"first": first, "again": again}[which]
    inside(taken).post("/mijn/intrekken/")
    assert {each.state for each in Registration.objects.all()} == {"withdrawn"}
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert {each.state for each in ContactWish.objects.all()} == {"cancelled"}
    told = TrailEntry.objects.filter(verb="registration.withdrawn")
    assert set(told.values_list("subject_id", flat=True)) == {first.pk, again.pk}


def test_a_form_that_was_taken_back_before_is_told_once(inside):
    first = make_registration(yes_to=("victim_support",))
    inside(first).post("/mijn/intrekken/")
    again = _sent_again(first, yes_to=("victim_support",), name="Mirjam Bos")
    assert ContactWish.objects.get(person=again.person).state == "open", "whoever changes their mind is heard"
    inside(again).post("/mijn/intrekken/")
    told = TrailEntry.objects.filter(verb="registration.withdrawn").values_list("subject_id", flat=True)
    assert sorted(told) == sorted([first.pk, again.pk])


def test_nobody_makes_contact_for_what_an_earlier_form_asked():
    first = make_registration(yes_to=("victim_support",))
    again = _sent_again(first, yes_to=())
    assert ContactWish.objects.get().state == "cancelled"
    third = _sent_again(first, yes_to=("victim_support",), name="Mirjam Bos")
    assert [each.person_id for each in ContactWish.objects.filter(state="open")] == [third.person_id]
    assert not ContactWish.objects.filter(person=again.person).exists()


def test_a_no_that_was_set_apart_first_ends_the_wish_of_the_earlier_form():
    first = make_registration(yes_to=("victim_support",))
    told = make_submission(first.incident_id, form_key=first.form_key, sent_at=LATER, **{SUSPECT: True})
    [again] = store([told], by=SYSTEM, at=LATER, machine_at=LATER)
    assert ContactWish.objects.get().state == "open", "what may be a program's changes nothing"
    believe(again, by=make_actor(Role.IAC_REGISTRAR), at=LATER)
    assert ContactWish.objects.get().state == "cancelled"
