import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from nabij.audit.actor import ANONYMOUS, SYSTEM, Actor, ActorKind
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import make_incident
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.kit.origin import network_of
from nabij.notify.models import Delivery, Message
from nabij.people import tasks, visit
from nabij.people.actions.coming_back import TooManyCodes, ask_code, send_code, take_code
from nabij.people.actions.own import withdraw_registration
from nabij.people.actions.registering import store
from nabij.people.factories import MORNING, make_registration, make_submission
from nabij.people.models import LoginCode
from nabij.people.terms import login_terms

pytestmark = pytest.mark.django_db
LOGIN = "/mijn/inloggen/"


def _ask(address="mirjam@example.nl", kind="email", *, network="10.0.0", at=MORNING):
    return ask_code(kind, address, network=network, language="nl", by=ANONYMOUS, at=at)


def _sent_code(asked, at=MORNING):
    assert send_code(asked, by=SYSTEM, at=at)
    message = Message.objects.latest("created_at")
    return re.search(r"\d{6}", unseal(message.pk, message.body_sealed))[0]


def _take(asked, code, reference="", *, at=MORNING):
    return take_code(asked, code, reference, by=ANONYMOUS, at=at)


def test_the_right_code_lets_the_person_in_once():
    row = make_registration()
    asked = _ask()
    code = _sent_code(asked)
    assert _take(asked, f" {code[:3]} {code[3:]} ").person == row.person
    assert _take(asked, code).person is None


def test_a_phone_number_works_as_well():
    row = make_registration()
    asked = _ask("+31600000042", "phone")
    assert _take(asked, _sent_code(asked)).person == row.person


def test_a_wrong_code_never_lets_in_and_after_five_tries_neither_does_the_right_one():
    make_registration()
    asked = _ask()
    code = _sent_code(asked)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(login_terms().tries):
        assert _take(asked, wrong).person is None
    assert _take(asked, code).person is None


def test_a_code_works_for_ten_minutes():
    make_registration()
    asked = _ask()
    code = _sent_code(asked)
    assert _take(asked, code, at=MORNING + timedelta(minutes=10)).person is None
    assert _take(asked, code, at=MORNING + timedelta(minutes=9, seconds=59)).person is not None


def test_nobody_gets_in_with_an_unknown_address_whatever_is_typed():
    asked = _ask("niemand@example.nl")
    assert not send_code(asked, by=SYSTEM, at=MORNING)
    assert _take(asked, "000000").person is None
    assert _take(asked, "").person is None
    assert not Message.objects.exists()


def test_a_job_that_runs_twice_sends_one_code(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's own transaction must stay
    make_registration()
    asked = _ask(at=clock.now())
    entry = TrailEntry.objects.get(verb="login_code.asked")
    tasks.send_login_code.func(entry_id=entry.pk)
    tasks.send_login_code.func(entry_id=entry.pk)
    assert Message.objects.count() == 1
    LoginCode.objects.filter(pk=asked.pk).delete()
    tasks.send_login_code.func(entry_id=entry.pk)
    assert Message.objects.count() == 1


def test_asking_does_the_same_work_for_a_known_and_an_unknown_address(django_assert_num_queries):
    make_registration()
    with django_assert_num_queries(9) as known:
        _ask("mirjam@example.nl")
    with django_assert_num_queries(len(known)) as unknown:
        _ask("niemand@example.nl")
    shape = [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in known.captured_queries]
    assert shape == [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in unknown.captured_queries]


def test_too_many_codes_for_one_address_are_refused_known_or_not():
    make_registration()
    for address in ("mirjam@example.nl", "niemand@example.nl"):
        for _ in range(login_terms().per_address):
            _ask(address)
        with pytest.raises(TooManyCodes):
            _ask(address)
    _ask("niemand@example.nl", at=MORNING + timedelta(minutes=61))


def test_a_shelter_in_which_everybody_shares_one_address_can_come_in():
    """S05-9: 140 people in a shelter, at most 200; one in three asks twice, on one wifi, in one hour."""
    for number in range(200):
        _ask(f"iemand{number}@example.nl")
    for number in range(0, 200, 3):
        _ask(f"iemand{number}@example.nl")


def test_too_many_codes_from_one_network_are_refused_and_other_networks_go_on():
    for number in range(login_terms().per_network):
        _ask(f"iemand{number}@example.nl")
    with pytest.raises(TooManyCodes):
        _ask("nog@example.nl")
    _ask("nog@example.nl", network="10.0.1")


def test_of_several_people_with_one_address_the_reference_says_who():
    mother, son = make_registration(), make_registration(name="Tijn", age_group="12-15")
    asked = _ask()
    code = _sent_code(asked)
    assert _take(asked, code).is_ambiguous
    assert _take(asked, code, "Iets Anders 1").is_ambiguous
    assert _take(asked, code, son.reference.lower().replace(" ", "-")).person == son.person != mother.person


def test_a_code_is_worth_nothing_once_the_address_was_changed():
    row = make_registration()
    asked = _ask()
    code = _sent_code(asked)
    row.person.blind_indexes.all().delete()
    assert _take(asked, code).person is None


def test_a_phone_that_is_not_safe_gets_no_code_and_the_desk_sees_that_it_failed():
    make_registration(safe_to_call="no")
    send_code(_ask("+31600000042", "phone"), by=SYSTEM, at=MORNING)
    assert Delivery.objects.get().state == "failed"


@pytest.mark.parametrize("unsafe_came_last", [True, False])
def test_one_person_s_do_not_call_never_keeps_the_code_from_another_with_the_same_phone(unsafe_came_last):
    rules = ["", "no"] if unsafe_came_last else ["no", ""]
    rows = {rule: make_registration(safe_to_call=rule, name=f"Persoon {rule}") for rule in rules}
    asked = _ask("+31600000042", "phone")
    code = _sent_code(asked)
    taken = _take(asked, code)
    assert taken.person == rows[""].person, "and the phone opens nothing of who called it unsafe"
    assert {delivery.state for delivery in Delivery.objects.all()} == {"queued"}


def test_the_page_answers_known_and_unknown_alike():
    make_registration()
    answers = [
        Client().post(LOGIN, {"address": address}) for address in ("mirjam@example.nl", "x@example.nl")
    ]
    assert [each.status_code for each in answers] == [302, 302]
    pages = [Client().get(each["Location"]).content.decode() for each in answers]
    strip = re.compile(r'value="[A-Za-z0-9]{64}"')
    assert strip.sub("", pages[0]) == strip.sub("", pages[1])
    assert "Kennen wij dit adres?" in pages[0]


@pytest.mark.parametrize("path", [LOGIN, "/mijn/code/00000000-0000-0000-0000-000000000001/"])
def test_an_empty_form_is_asked_again(path):
    assert Client().post(path).status_code == 422


def test_an_address_that_is_none_is_said_beside_the_field():
    answer = Client().post(LOGIN, {"address": "bel mij"})
    assert answer.status_code == 422
    assert "geen e-mailadres en geen telefoonnummer" in answer.content.decode()
    assert "Bel de balie" in answer.content.decode()


def test_the_page_says_when_it_is_too_often():
    for _ in range(login_terms().per_address):
        Client().post(LOGIN, {"address": "x@example.nl"})
    answer = Client().post(LOGIN, {"address": "x@example.nl"})
    assert answer.status_code == 429
    assert "Wacht een uur" in answer.content.decode()


def _log_in(address="mirjam@example.nl"):
    client = Client()
    page = client.post(LOGIN, {"address": address})["Location"]
    asked = LoginCode.objects.latest("asked_at")
    code = _sent_code(asked, at=clock.now())
    return client, page, code


def test_a_person_comes_back_sees_the_own_registration_and_leaves():
    row = make_registration()
    client, page, code = _log_in()
    assert client.post(page, {"code": code})["Location"] == "/mijn/"
    cookie = client.cookies[visit.COOKIE]
    assert cookie["httponly"]
    assert cookie["path"] == "/mijn/"
    assert cookie["samesite"] == "Lax"
    shown = client.get("/mijn/").content.decode()
    assert row.reference in shown
    assert "Mirjam Zandstra" in shown
    client.post("/mijn/uitloggen/")
    assert client.get("/mijn/")["Location"] == LOGIN


def test_the_page_for_a_code_says_when_it_is_wrong_and_asks_who_of_several():
    make_registration()
    make_registration(name="Tijn")
    client, page, code = _log_in()
    assert client.get(page).status_code == 200
    assert client.post(page, {"code": ""}).status_code == 422
    asking = client.post(page, {"code": code}).content.decode()
    assert "Kenmerk van de aanmelding" in asking
    wrong = client.post(page, {"code": code, "reference": "Tango Piano 1"})
    assert wrong.status_code == 422
    assert "Deze code klopt niet" in wrong.content.decode()


@pytest.mark.parametrize("told", ["", "verzonnen:abc:def", "niet-eens-een-cookie"])
def test_a_forged_visit_is_no_visit(told):
    client = Client()
    client.cookies[visit.COOKIE] = told
    for name in ("own", "own_change", "own_withdraw"):
        assert client.get(reverse(f"people:{name}"))["Location"] == LOGIN


def test_a_visit_ends_by_itself(monkeypatch):
    make_registration()
    client, page, code = _log_in()
    client.post(page, {"code": code})
    later = time.time() + login_terms().session_lasts.total_seconds() + 5
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get("/mijn/")["Location"] == LOGIN


def test_the_network_is_that_of_the_visitor_also_behind_our_own_proxy(rf):
    def network(address, **headers):
        return network_of(rf.get("/", REMOTE_ADDR=address, headers=headers))

    assert network("198.51.100.7") == "198.51.100"
    assert network("2001:db8:aa:bb::1") == "2001:db8:aa"
    assert network("127.0.0.1", **{"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}) == "198.51.100"
    assert network("198.51.100.7", **{"X-Forwarded-For": "203.0.113.9"}) == "198.51.100"


def test_nothing_that_reaches_a_person_stands_in_the_clear_anywhere():
    make_registration(
        name="Quirine Zwartkruis", email="quirine@example.nl", phone="+31600000077",
        household="bij Quirine Zwartkruis", guardian="Quirine Zwartkruis", municipality="Quirinedorp",
    )  # fmt: skip
    client, page, code = _log_in("quirine@example.nl")
    client.post(page, {"code": code})
    client.get("/mijn/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        dump = ""
        for table in tables:
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            dump += cursor.fetchone()[0] or ""
    for told in ("quirine", "zwartkruis", "600000077", b"quirine@".hex(), b"600000077".hex()):
        assert told not in dump.lower()
    assert not re.search(rf"(?<![\d.]){code}(?!\d)", dump)


def sent_twice(incident, **again):
    """The same form sent again with other answers: both rows."""
    first = make_submission(incident.pk)
    later = make_submission(incident.pk, form_key=first.form_key, **again)
    return [store([each], by=SYSTEM, at=MORNING, machine_at=MORNING)[0] for each in (first, later)]


def come_in(minute, reference=""):
    at = MORNING + timedelta(minutes=minute)
    asked = _ask(at=at)
    return _take(asked, _sent_code(asked, at), reference, at=at)


def test_who_sent_the_form_again_comes_in_to_the_answers_that_were_sent_last():
    first, again = sent_twice(make_incident(), name="Mirjam Z.")
    assert come_in(0).person == again.person
    withdraw_registration(again, by=Actor(ActorKind.HELPED_PERSON, id=again.person_id), at=MORNING)
    assert come_in(1).person == again.person, "all of it is taken back: no earlier form opens again"
    first.refresh_from_db()
    assert first.withdrawn_at == MORNING


def test_who_sent_the_form_again_and_shares_an_address_says_which_reference():
    first, again = sent_twice(make_incident(), name="Mirjam Z.")
    other = make_registration(name="Tijn")
    assert come_in(0).is_ambiguous
    assert come_in(1, other.reference).person == other.person
    assert come_in(2, first.reference).person == again.person
