"""The engine as a process or a thread, with real sockets, side by side and killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections

from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM, link_of
from nabij.kit import clock
from nabij.notify.claims import claim_deliveries
from nabij.notify.factories import make_contact_point, make_message
from nabij.notify.models import Channel, Delivery, State
from nabij.notify.tests.conftest import wait_until
from nabij.paging import actions
from nabij.paging.actions import Outcome
from nabij.paging.claims import claim_moments
from nabij.paging.engine import Engine
from nabij.paging.factories import make_page, seated
from nabij.paging.models import Answer, Ask, DueMoment, PageState, Way

pytestmark = pytest.mark.django_db(transaction=True)
CHECKOUT = Path(__file__).parents[3]


@contextmanager
def running(name: str) -> Iterator[Engine]:
    """An engine in a thread of this process."""
    engine = Engine(name)

    def work() -> None:
        try:
            engine.run()
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield engine
    finally:
        engine.stop()
        thread.join(15)
        assert not thread.is_alive()


@contextmanager
def process(phones, name: str) -> Iterator["subprocess.Popen[bytes]"]:
    """An engine as the process that it is in real life, on the test database."""
    found = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{found['USER']}:{found['PASSWORD']}@/{found['NAME']}?host={found['HOST']}&port={found['PORT']}",
        "NABIJ_GATEWAY_URL": phones.url,
        "NABIJ_GATEWAY_TOKEN": "demo",
        "NABIJ_MOVABLE_CLOCK": "1",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "run_engine", "--name", name]
    engine = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE)
    assert engine.stdout
    while b"engine started" not in engine.stdout.readline():
        assert engine.poll() is None
    try:
        yield engine
    finally:
        engine.kill()
        engine.wait(10)
        engine.stdout.close()


def states() -> set[str]:
    return set(Delivery.objects.values_list("state", flat=True))


def asked_workers(count: int):
    people = [make_membership(Role.ON_CALL_WORKER) for _ in range(count)]
    for number, each in enumerate(people):
        make_contact_point(each.pk, value=f"06000000{number:02d}")
    return people


def test_a_page_reaches_the_phone(phones, night):
    with running("one"):
        time.sleep(0.3)
        make_page(at=clock.now())
        wait_until(phones.seen)
        wait_until(lambda: states() == {State.SENT})
    assert phones.seen()[0]["to"] == "0600000000"


def test_a_delay_is_waited_for_and_an_escalation_comes_when_the_clock_says_so(phones, night):
    with running("one"):
        page = make_page(at=clock.now())
        wait_until(lambda: page.asks.count() == 1)
        clock.move_to(clock.now() + timedelta(minutes=10, seconds=1))
        wait_until(lambda: page.asks.count() == 2)
        clock.move_to(clock.now() + timedelta(minutes=10, seconds=1))
        wait_until(lambda: page.asks.count() == 3)
        wait_until(lambda: len(phones.seen()) == 3)


def test_two_engines_side_by_side_take_nothing_twice(phones):
    people = asked_workers(20)
    with seated({"worker": [each.pk for each in people]}), ExitStack() as stack:
        for name in ("one", "two"):
            stack.enter_context(running(name))
        pages = [make_page("workers", at=clock.now()) for _ in range(3)]
        wait_until(lambda: Delivery.objects.filter(state=State.SENT).count() == 60)
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}
    assert len(phones.seen()) == 60
    assert all(page.asks.count() == 20 for page in pages)
    assert DueMoment.objects.filter(done_at__isnull=False).count() == 3


def test_rows_held_by_one_transaction_are_passed_over_by_another(phones):
    for _ in range(4):
        make_message(at=clock.now())
    at = clock.now()
    barrier = threading.Barrier(2)

    def take(name: str):
        try:
            barrier.wait(5)
            return [row.pk for row in claim_deliveries("sms", 4, taken_by=name, at=at)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(take, ("one", "two"))
    assert len(one) + len(two) == len({*one, *two}) <= 4


def test_a_channel_that_hangs_stops_no_other(phones, mailbox):
    phones.faults(hang=1.0, hang_seconds=30)
    for _ in range(12):
        make_message(at=clock.now())
    with running("one"):
        time.sleep(0.5)
        make_message(channel=Channel.EMAIL, value="bram@example.nl", at=clock.now())
        wait_until(lambda: mailbox.mails)
        assert not Delivery.objects.filter(channel="sms").exclude(error_code="").exists()
        wait_until(lambda: Delivery.objects.filter(error_code="timeout").count() >= 4)
    assert Delivery.objects.filter(channel="sms", state=State.SENT).count() == 0


def test_what_takes_longer_than_a_lease_is_kept_in_hand_and_not_sent_by_another(phones):
    phones.faults(hang=1.0, hang_seconds=4)
    make_message(at=clock.now())
    with running("one"), running("two"):
        time.sleep(3.7)
        assert Delivery.objects.get().attempts == 1
        wait_until(lambda: Delivery.objects.get().state == State.QUEUED)
    assert Delivery.objects.get().error_code == "http_503"


def test_work_of_a_killed_engine_is_taken_over(phones):
    phones.faults(hang=1.0, hang_seconds=60)
    make_message(at=clock.now())
    with process(phones, "first") as first:
        wait_until(lambda: states() == {State.SENDING})
        with process(phones, "second"):
            assert Delivery.objects.get().taken_by == "first"
            phones.faults()
            os.kill(first.pid, signal.SIGKILL)
            wait_until(lambda: states() == {State.SENT})
    assert Delivery.objects.get().taken_by == "second"
    wait_until(lambda: len(phones.seen()) == 1)


def test_a_killed_engine_that_starts_again_goes_on(phones):
    phones.faults(hang=1.0, hang_seconds=60)
    make_message(at=clock.now())
    with process(phones, "first"):
        wait_until(lambda: states() == {State.SENDING})
    phones.faults()
    with process(phones, "first again"):
        wait_until(lambda: states() == {State.SENT})


def test_an_engine_that_loses_its_database_connections_goes_on(phones):
    with running("one"):
        time.sleep(0.3)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        make_message(at=clock.now())
        wait_until(lambda: states() == {State.SENT})


def test_an_engine_stops_when_it_is_asked_to(phones):
    with process(phones, "one") as engine:
        engine.send_signal(signal.SIGTERM)
        assert engine.wait(10) == 0


def test_one_broken_step_stops_no_other(phones, night):
    make_page("workers", at=clock.now())
    broken = DueMoment.objects.get()
    broken.page.kind = "unknown"
    broken.page.save()
    with running("one"):
        page = make_page(at=clock.now())
        wait_until(lambda: page.asks.count() == 1)
    broken.refresh_from_db()
    assert broken.done_at is None


def test_a_dropped_or_doubled_text_loses_nothing_of_ours(phones):
    phones.faults(seed=7, drop=0.3, duplicate=0.3, error=0.3)
    for _ in range(15):
        make_message(at=clock.now())
    with running("one"):
        wait_until(
            lambda: (
                states() <= {State.SENT, State.QUEUED} and Delivery.objects.filter(attempts=0).count() == 0
            )
        )
        clock.move_to(clock.now() + timedelta(minutes=20))
        phones.faults()
        wait_until(lambda: states() == {State.SENT}, 20)


def test_two_who_say_yes_at_once_make_one_acceptance(night):
    people = asked_workers(6)
    with seated({"worker": [each.pk for each in people]}):
        page = make_page("workers", at=clock.now())
        for moment in claim_moments(5, taken_by="test", at=clock.now()):
            actions.take_step(moment, by=SYSTEM, at=clock.now())
    barrier = threading.Barrier(6)

    def answer(person) -> Outcome:
        try:
            ask = Ask.objects.get(page=page, membership=person)
            barrier.wait(5)
            return actions.accept(ask, by=link_of(person.pk), at=clock.now(), way=Way.LINK)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(answer, people))
    assert sorted(outcomes) == [Outcome.ACCEPTED, *[Outcome.ENOUGH] * 5]
    page.refresh_from_db()
    assert (page.state, page.asks.filter(answer=Answer.ACCEPTED).count()) == (PageState.ANSWERED, 1)


def test_a_yes_during_a_step_leaves_one_sound_page(night):
    page = make_page(at=clock.now())
    for moment in claim_moments(5, taken_by="test", at=clock.now()):
        actions.take_step(moment, by=SYSTEM, at=clock.now())
    later = clock.now() + timedelta(minutes=11)
    (moment,) = claim_moments(5, taken_by="test", at=later)
    barrier = threading.Barrier(2)

    def step() -> None:
        try:
            barrier.wait(5)
            actions.take_step(moment, by=SYSTEM, at=later)
        finally:
            connections.close_all()

    def say_yes() -> None:
        try:
            ask = page.asks.get(membership=night.bram)
            barrier.wait(5)
            actions.accept(ask, by=link_of(night.bram.pk), at=later, way=Way.APP)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(step), pool.submit(say_yes)]:
            future.result()
    page.refresh_from_db()
    assert page.state == PageState.ANSWERED
    assert not page.asks.filter(answer=Answer.OPEN).exists()
    assert not Delivery.objects.filter(state=State.QUEUED).exists()
