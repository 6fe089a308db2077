"""The pages of messages: for the person in the own space, and for who helps on the case."""

import re
from uuid import uuid4

import pytest

from nabij.audit.actor import Actor, ActorKind
from nabij.audit.models import ReadEntry
from nabij.cases.factories import make_case
from nabij.cases.models import Case, Task, TaskKind
from nabij.conversations.actions import send_message
from nabij.conversations.content import longest
from nabij.conversations.models import CaseMessage
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.people.factories import enter_own_pages
from nabij.referrals.actions import ask_access, decide_access
from nabij.referrals.models import AccessRequest

MINE = "/mijn/hulp/berichten/"
TEXT = "Kunt u mij morgen bellen?"


@pytest.fixture
def own(client, noordwest):
    client.case = make_case("Elske Rademaker", helper=noordwest.member.ayla, at=clock.now())
    client.person = Actor(ActorKind.HELPED_PERSON, id=client.case.person_id)
    client.work = f"/werk/dossiers/{client.case.pk}/berichten/"
    enter_own_pages(client, client.case.person_id)
    return client


def form(text=TEXT, key=None, **more):
    return {"text": text, "key": str(key or uuid4()), **more}


def page(client, address=MINE):
    return client.get(address).content.decode()


def key_in(html):
    return re.search(r'name="key" value="([0-9a-f-]+)"', html)[1]


def test_the_person_writes_and_reads_the_answer(noordwest, own):
    assert "Naar uw berichten" in page(own, "/mijn/hulp/")
    first = page(own)
    assert "Wij antwoorden binnen 1 werkdag." in first
    for number in ("112", "113", "0800-0113"):
        assert number in first
    assert "<title>Mijn gegevens" in first
    assert own.post(MINE, form(key=key_in(first))).status_code == 302
    own.post(MINE, form(key=key_in(first)))
    assert page(own).count(TEXT) == 1
    assert "Nog niet gelezen" in page(own)
    own.force_login(noordwest.member.ayla.user)
    own.get(own.work)
    assert "Gelezen op" in page(own)
    own.post(own.work, form("Ik bel u om tien uur."))
    assert "U hebt 1 nieuw bericht." in page(own, "/mijn/hulp/")
    fresh = page(own)
    assert "Ik bel u om tien uur." in fresh
    assert "<bdi>Ayla</bdi>" in fresh
    assert "Demir" not in fresh
    assert "nieuw" not in page(own).partition("<h1>")[2].partition("<form")[0]
    assert "Naar uw berichten" in page(own, "/mijn/hulp/")


def test_looking_at_headers_only_marks_nothing_as_read(noordwest, own):
    send_message(own.case, "Dag", uuid4(), by=noordwest.ayla, at=clock.now())
    own.head(MINE)
    assert CaseMessage.objects.get().read_at is None


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(own):
    empty = own.post(MINE, form(" "))
    assert (empty.status_code, "Schrijf eerst uw bericht." in empty.content.decode()) == (422, True)
    long = own.post(MINE, form("woord " * longest()))
    assert long.status_code == 422
    assert "te lang" in long.content.decode()
    assert "woord woord" in long.content.decode()
    assert own.post(MINE, {"text": TEXT, "key": "x"}).status_code == 422
    assert not CaseMessage.objects.exists()


def test_a_draft_saves_itself_and_is_there_again(own):
    key = uuid4()
    kept = own.post(MINE, form("Kunt u", key), headers={"HX-Request": "true"}).content.decode()
    assert "Concept bewaard om" in kept
    assert "Kunt u" in page(own)
    assert key_in(page(own)) == str(key)
    assert "Concept bewaard" in own.post(MINE, form(TEXT, key, concept="1")).content.decode()
    assert "Concept" not in own.post(MINE, form("", key), headers={"HX-Request": "true"}).content.decode()
    long = own.post(MINE, form("a" * (longest() + 1), key), headers={"HX-Request": "true"})
    assert long.status_code == 204


def test_words_of_danger_show_the_lines_first_and_the_message_is_sent(own):
    own.post(MINE, form("Hij bedreigt mij."))
    shown = page(own)
    assert "Bent u nu in gevaar?" in shown
    assert 'href="tel:112"' in shown
    assert Task.objects.get(kind=TaskKind.READ_MESSAGE).due_at <= clock.now()
    for number in range(3):
        own.post(MINE, form(f"Het gaat weer, {number}."))
    assert "Bent u nu in gevaar?" not in page(own)


def test_the_person_takes_a_message_back(noordwest, own):
    own.post(MINE, form())
    row = CaseMessage.objects.get()
    own.post(f"{MINE}{row.pk}/terug/")
    assert TEXT not in page(own)
    assert "Dit bericht is ingetrokken." in page(own)
    own.force_login(noordwest.member.ayla.user)
    assert "Dit bericht is ingetrokken." in page(own, own.work)


def test_nobody_elses_messages_can_be_reached(noordwest, own):
    other = make_case("Iemand Anders", helper=noordwest.member.ayla, at=clock.now())
    theirs = send_message(other, "Van een ander", uuid4(), by=noordwest.ayla, at=clock.now())
    assert own.get(f"{MINE}{other.pk}/").status_code == 404
    assert own.post(f"{MINE}{other.pk}/", form()).status_code == 404
    assert own.post(f"{MINE}{theirs.pk}/terug/").status_code == 404
    assert own.post(f"{MINE}{uuid4()}/terug/").status_code == 404
    assert "Van een ander" not in page(own)


def test_without_a_visit_every_page_asks_for_one(client, own, noordwest):
    row = send_message(own.case, "Dag", uuid4(), by=noordwest.ayla, at=clock.now())
    client.cookies.clear()
    for found in (client.get(MINE), client.post(MINE, form()), client.post(f"{MINE}{row.pk}/terug/")):
        assert found.status_code == 302
    assert "nieuw bericht" not in page(client, f"{MINE}deur/")


def test_each_case_has_its_own_messages_and_the_open_one_comes_first(noordwest, own):
    Case.objects.update(state="closed")
    second = Case.objects.get()
    second.pk, second.reference, second.state, second.topic = uuid4(), "een-ander-kenmerk", "active", "EVT-01"
    second.incident = None
    second.person = own.case.person
    Case.objects.filter(pk=own.case.pk).update(incident=make_incident())
    second.save(force_insert=True)
    own.post(MINE, form())
    assert CaseMessage.objects.get().case_id == second.pk
    assert own.case.reference in page(own)
    assert TEXT not in page(own, f"{MINE}{own.case.pk}/")


def test_a_closed_case_explains_why_nobody_can_write(noordwest, own):
    Case.objects.update(state="closed")
    shown = page(own)
    assert "Uw hulp is afgesloten." in shown
    assert "<textarea" not in shown
    refused = own.post(MINE, form("Toch nog iets"))
    assert refused.status_code == 422
    assert not CaseMessage.objects.exists()
    own.force_login(noordwest.member.ayla.user)
    assert "Schrijven kan niet meer" in page(own, own.work)
    assert own.post(own.work, form()).status_code == 403
    assert own.post(f"{own.work}gelezen/").status_code == 403


def test_who_helps_reads_answers_and_settles(noordwest, own):
    own.force_login(noordwest.member.ayla.user)
    assert "Bericht schrijven" in page(own, f"/werk/dossiers/{own.case.pk}/")
    send_message(own.case, TEXT, uuid4(), by=own.person, at=clock.now())
    desk = page(own, f"/werk/dossiers/{own.case.pk}/")
    assert "1 bericht is nog niet gelezen." in desk
    assert TEXT not in desk
    before = ReadEntry.objects.count()
    assert "nieuw bericht" in own.post(f"{own.work}gelezen/", follow=True).content.decode()
    assert TEXT in page(own, own.work)
    assert ReadEntry.objects.count() > before
    assert "nog niet gelezen" not in page(own, f"/werk/dossiers/{own.case.pk}/")
    assert "De taak is klaar." in own.post(f"{own.work}gelezen/", follow=True).content.decode()
    assert own.post(own.work, form("")).status_code == 422
    own.post(own.work, form("Ik bel u."))
    mine = CaseMessage.objects.get(side="helper")
    own.post(f"/werk/dossiers/bericht/{mine.pk}/terug/")
    assert "Ik bel u." not in page(own)
    assert own.post(f"/werk/dossiers/bericht/{uuid4()}/terug/").status_code == 404


def test_who_may_only_look_reads_and_does_not_write(noordwest, own):
    now = clock.now()
    send_message(own.case, TEXT, uuid4(), by=own.person, at=now)
    ask_access("Elske Rademaker", "", "", "x", by=noordwest.daan, at=now)
    decide_access(AccessRequest.objects.get(), is_granted=True, by=noordwest.olaf, at=now)
    own.force_login(noordwest.member.daan.user)
    shown = page(own, own.work)
    assert TEXT in shown
    assert "U leest mee." in shown
    assert own.post(own.work, form()).status_code == 403
    assert CaseMessage.objects.get().read_at is None


@pytest.mark.parametrize("number", [1, 5])
def test_a_long_conversation_asks_the_database_no_more(noordwest, own, django_assert_max_num_queries, number):
    for _ in range(number):
        send_message(own.case, TEXT, uuid4(), by=own.person, at=clock.now())
        send_message(own.case, "Ja", uuid4(), by=noordwest.ayla, at=clock.now())
    own.get(MINE)
    with django_assert_max_num_queries(12):
        own.get(MINE)
