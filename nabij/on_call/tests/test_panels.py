from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS
from nabij.incidents.models import Incident
from nabij.kit import clock
from nabij.kit.navigation import links_for
from nabij.on_call.actions import call_workers
from nabij.on_call.factories import make_answer, make_ask, make_night, make_on_call
from nabij.on_call.tests.test_pages import log_in, text_of
from nabij.paging.actions import accept
from nabij.paging.factories import take_due_steps
from nabij.paging.models import Ask, Way
from nabij.rosters.models import Duty, Seat

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)


@pytest.fixture
def night(db):
    clock.move_to(NIGHT)
    return make_night()


def sizes(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_names_in_the_incident_room_are_for_who_works_with_them(night):
    answer = make_answer(by=night.nadia)
    accept(make_ask(answer), by=actor_for(night.bram), at=NIGHT + timedelta(minutes=7), way=Way.APP)
    address = f"/werk/gebeurtenissen/{answer.request.incident_id}/"
    assert "Bram Kooistra" in text_of(log_in(night.sofie).get(address))
    municipality = text_of(log_in(make_membership(Role.DUTY_OFFICER)).get(address))
    assert "1 coördinator" in municipality
    assert "Bram" not in municipality
    assert "Bevestigd binnen 10 minuten" in municipality


def test_the_panel_says_when_nobody_was_paged_and_when_nobody_said_yes(night):
    waiting = make_answer(by=night.nadia)
    quiet = make_answer(by=night.nadia, urgency="not_urgent")
    client = log_in(make_membership(Role.DUTY_OFFICER))
    assert "Nog niemand heeft ja gezegd" in text_of(
        client.get(f"/werk/piket/{waiting.request.incident_id}/onderweg/")
    )
    assert "niemand opgeroepen" in text_of(client.get(f"/werk/piket/{quiet.request.incident_id}/onderweg/"))


def test_the_desk_shows_failures_first_then_who_must_be_called_back_then_what_can_wait(night):
    can_wait = make_answer(by=night.nadia, urgency="not_urgent")
    unverified = make_answer(by=ANONYMOUS, form_key=uuid4())
    client = log_in(make_membership(Role.ADVICE_LINE))
    text = text_of(client.get("/werk/hulp-vragen/wachtend/"))
    assert text.index(unverified.request.number) < text.index(can_wait.request.number)
    assert "niet geverifieerd: bel eerst terug" in text
    assert "Lopende oproepen" in text
    assert text_of(client.get("/werk/")).count(can_wait.request.number) == 1


def test_pages_without_anybody_stand_out_on_the_desk(night):
    make_answer(by=night.nadia)
    Duty.objects.all().delete()
    take_due_steps(NIGHT)
    text = text_of(log_in(make_membership(Role.ADVICE_LINE)).get("/werk/hulp-vragen/wachtend/"))
    assert "niemand gevonden" in text


def test_an_empty_desk_says_what_comes_there(night):
    text = text_of(log_in(make_membership(Role.ADVICE_LINE)).get("/werk/hulp-vragen/wachtend/"))
    assert "Nieuwe hulpverzoeken komen hier te staan" in text


def test_who_leads_nothing_does_not_see_the_panel_of_the_desk(night):
    asker = log_in(make_membership(Role.DUTY_OFFICER))
    assert asker.get("/werk/hulp-vragen/wachtend/").status_code == 403
    desk = text_of(asker.get("/werk/"))
    assert "Vraag hulp" in desk
    assert "Wacht op de desk" not in desk


def test_a_worker_has_a_desk_with_the_own_deployments(night):
    answer = make_answer(by=night.nadia)
    call_workers(answer.request.incident, 1, by=actor_for(night.bram), at=NIGHT)
    take_due_steps(NIGHT)
    ask = Ask.objects.get(membership=night.imke)
    accept(ask, by=actor_for(night.imke), at=NIGHT, way=Way.APP)
    assert "Ik ben onderweg" in text_of(log_in(night.imke).get("/werk/"))
    assert "nergens ingezet" in text_of(log_in(night.youssef).get("/werk/piket/mijn-inzet/"))


def test_the_menu_offers_asking_and_being_on_call_to_whom_it_concerns(night):
    assert {"Hulp vragen", "Piket"} <= {link.label for link in links_for(actor_for(night.bram), "/werk/")}
    worker = {link.label for link in links_for(actor_for(night.imke), "/werk/")}
    assert "Piket" in worker
    assert "Hulp vragen" not in worker
    assert "Piket" not in {link.label for link in links_for(night.nadia, "/werk/")}


def test_the_pages_ask_the_database_as_often_for_five_as_for_one(night):
    desk = log_in(make_membership(Role.ADVICE_LINE))
    asker = log_in(make_membership(Role.DUTY_OFFICER))
    bram = log_in(night.bram)
    answer = make_answer(by=night.nadia)
    make_answer(by=night.nadia, urgency="not_urgent")
    take_due_steps(NIGHT)
    call_workers(answer.request.incident, 5, by=actor_for(night.bram), at=NIGHT)
    accept(Ask.objects.get(), by=actor_for(night.bram), at=NIGHT, way=Way.APP)
    make_answer(by=ANONYMOUS, form_key=uuid4())
    take_due_steps(NIGHT)
    pages = [
        (desk, "/werk/hulp-vragen/wachtend/"),
        (asker, "/werk/hulp-vragen/mijn/"),
        (bram, f"/werk/piket/{answer.request.incident_id}/mensen/"),
        (bram, f"/werk/piket/{answer.request.incident_id}/onderweg/"),
        (bram, "/werk/piket/"),
    ]
    for client, address in pages:
        sizes(client, address)
    before = [sizes(client, address) for client, address in pages]
    for _ in range(4):
        more = make_answer(by=night.nadia, form_key=uuid4())
        make_answer(by=night.nadia, urgency="not_urgent", form_key=uuid4())
        make_answer(by=ANONYMOUS, form_key=uuid4())
        take_due_steps(NIGHT)
        ask = Ask.objects.get(page=more.page)
        accept(ask, by=actor_for(night.bram), at=NIGHT, way=Way.APP)
        make_on_call(Seat.WORKER, role=Role.ON_CALL_WORKER)
    take_due_steps(NIGHT + timedelta(minutes=10))
    for ask in Ask.objects.filter(page__kind="workers", answer="open"):
        accept(ask, by=actor_for(ask.membership), at=NIGHT, way=Way.APP)
    after = [sizes(client, address) for client, address in pages]
    assert Incident.objects.count() > 10
    assert before == after


def test_the_doors_of_a_visitor_stay_shut(night):
    answer = make_answer(by=night.nadia)
    for address in ("/werk/hulp-vragen/", f"/werk/hulp-vragen/{answer.pk}/", "/werk/piket/"):
        assert Client().get(address).status_code == 302
