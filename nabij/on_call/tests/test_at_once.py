"""Two people who act at the same moment, each on a connection of their own."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from nabij.accounts.factories import make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role
from nabij.incidents.actions import close_incident
from nabij.incidents.models import HelpRequest, Incident
from nabij.incidents.refusals import Refused
from nabij.kit import clock
from nabij.on_call.actions import call_workers, page_now, stand_down_help, step_back
from nabij.on_call.factories import make_answer, make_ask, make_night
from nabij.on_call.models import Deployment
from nabij.on_call.tests.test_pages import log_in, text_of, typed
from nabij.paging.actions import accept
from nabij.paging.models import Ask, Page, PageState, Way

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)


@pytest.fixture
def night():
    clock.move_to(NIGHT)
    return make_night()


def at_once(*acts):
    """Do these at the same moment; gives what came of each."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def act(number):
        gate.wait()
        try:
            found[number] = acts[number]()
        except Refused as refusal:
            found[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return found


def test_of_two_coordinators_who_call_workers_one_does_and_the_other_hears_it(night):
    incident = make_answer(by=night.nadia).request.incident
    bram, sofie = actor_for(night.bram), actor_for(night.sofie)
    found = at_once(
        lambda: call_workers(incident, 2, by=bram, at=NIGHT),
        lambda: call_workers(incident, 2, by=sofie, at=NIGHT),
    )
    assert sorted(type(each).__name__ for each in found) == ["Page", "Refused"]
    assert Page.objects.filter(kind="workers").count() == 1


def test_of_two_who_page_from_the_desk_one_does_and_the_other_hears_it(night):
    answer = make_answer(by=night.nadia, urgency="not_urgent")
    bram, sofie = actor_for(night.bram), actor_for(night.sofie)
    found = at_once(lambda: page_now(answer, by=bram, at=NIGHT), lambda: page_now(answer, by=sofie, at=NIGHT))
    assert sorted(type(each).__name__ for each in found) == ["HelpAnswer", "Refused"]
    assert Page.objects.count() == 1


def test_saying_yes_while_it_is_stood_down_ends_with_nobody_coming(night):
    answer = make_answer(by=night.nadia)
    ask, bram, sofie = make_ask(answer), actor_for(night.bram), actor_for(night.sofie)
    incident = answer.request.incident
    outcome, _ = at_once(
        lambda: accept(ask, by=bram, at=NIGHT, way=Way.APP),
        lambda: stand_down_help(incident, by=sofie, at=NIGHT),
    )
    assert outcome in ("accepted", "stood_down")
    assert not Deployment.objects.active().exists()
    assert Page.objects.get().state in (PageState.ANSWERED, PageState.STOOD_DOWN)


def test_when_the_last_two_coordinators_step_back_at_once_the_coordinators_are_paged_again(night):
    answer = make_answer(by=night.nadia)
    ask = make_ask(answer)
    accept(ask, by=actor_for(night.bram), at=NIGHT, way=Way.APP)
    first = Deployment.objects.get()
    other = Ask.objects.create(
        page=ask.page, membership=night.sofie, step=1, asked_at=NIGHT, token_hash=b"x", expires_at=NIGHT
    )
    second = Deployment.objects.create(
        incident=first.incident, membership=night.sofie, ask=other, kind="coordinator", coming_at=NIGHT
    )
    at_once(
        lambda: step_back(first, by=actor_for(night.bram), at=NIGHT),
        lambda: step_back(second, by=actor_for(night.sofie), at=NIGHT),
    )
    assert Page.objects.filter(state=PageState.OPEN).count() == 1


def test_an_incident_that_closes_while_a_request_is_sent_is_said_and_what_was_typed_stays(night):
    known = make_answer(by=night.nadia, place="Kokmeeuwstraat").request.incident
    asker = log_in(make_membership(Role.DUTY_OFFICER))
    found = []

    def send():
        found.append(asker.post("/werk/hulp-vragen/", typed(add_to=str(known.pk), remarks="Let op de hond")))
        connections.close_all()

    sending = threading.Thread(target=send)
    with transaction.atomic():
        close_incident(Incident.objects.get(pk=known.pk), by=actor_for(night.bram), at=NIGHT)
        sending.start()
        wait_until_somebody_waits()
    sending.join(20)
    assert found[0].status_code == 422
    assert "Kies: nieuwe gebeurtenis" in text_of(found[0])
    assert "Let op de hond" in text_of(found[0])
    assert HelpRequest.objects.count() == 1


def wait_until_somebody_waits():
    """Until another connection waits for a row that this one holds."""
    until = time.monotonic() + timedelta(seconds=60).total_seconds()
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited")
