"""An open page without a next moment goes on, who leads hears it, and so does the watcher outside."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from nabij.accounts.factories import make_membership
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.kit import clock
from nabij.notify.models import Message
from nabij.paging import tasks
from nabij.paging.actions import audit_pages, stand_down
from nabij.paging.actions.auditing import _set_going
from nabij.paging.factories import NIGHT, make_page, seated, take_due_steps
from nabij.paging.heartbeat import beat
from nabij.paging.models import DueMoment
from nabij.paging.queries import state_of_paging, stuck_pages


@pytest.fixture
def watcher():
    """A watcher elsewhere: a real web server that remembers what was fetched."""
    fetched = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            fetched.append(self.path)
            self.send_response(500 if self.path.startswith("/broken") else 200)
            self.end_headers()

        def log_message(self, *parts):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", fetched
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.django_db
def test_a_page_that_stands_still_goes_on_and_who_leads_hears_it():
    bram = make_membership()
    page = make_page()
    with seated({"coordinator": [bram.pk], "national": [bram.pk]}):
        take_due_steps(NIGHT)
        assert audit_pages(by=SYSTEM, at=NIGHT) == 0
        DueMoment.objects.filter(page=page, done_at__isnull=True).delete()
        assert state_of_paging(NIGHT) == "1 pages without a next moment"
        assert audit_pages(by=SYSTEM, at=NIGHT) == 1
        assert page.moments.get(done_at__isnull=True).seat == "second_coordinator"
        assert state_of_paging(NIGHT) == "ok"
        assert Message.objects.filter(template="page_was_stuck").count() == 1  # once, on whatever chairs
    assert TrailEntry.objects.filter(verb="page.was_stuck", subject_id=page.pk).exists()


@pytest.mark.django_db
def test_a_page_that_never_began_begins_at_its_first_step():
    page = make_page()
    DueMoment.objects.all().delete()
    audit_pages(by=SYSTEM, at=NIGHT)
    assert page.moments.get().step == 0


@pytest.mark.django_db
def test_a_page_that_ended_meanwhile_is_left_alone():
    page = make_page()
    assert not _set_going(page, SYSTEM, NIGHT)
    stand_down(page, by=SYSTEM, at=NIGHT)
    assert not stuck_pages().exists()
    assert not _set_going(page, SYSTEM, NIGHT)


@pytest.mark.django_db
def test_a_step_that_is_late_is_trouble():
    make_page()
    assert state_of_paging(NIGHT + timedelta(seconds=30)) == "ok"
    assert state_of_paging(NIGHT + timedelta(seconds=45)) == "the oldest step waits 45 s"


def test_the_watcher_hears_that_all_is_well_or_not(watcher):
    address, fetched = watcher
    assert beat(address + "/nabij", is_well=True)
    assert beat(address + "/nabij", is_well=False)
    assert fetched == ["/nabij", "/nabij/fail"]
    assert not beat(address + "/broken", is_well=True)
    assert not beat("", is_well=True)


@pytest.mark.django_db(transaction=True)
def test_each_minute_the_pages_are_audited_and_the_watcher_is_told(watcher, settings, monkeypatch):
    address, fetched = watcher
    monkeypatch.setattr(settings.ENV, "heartbeat_url", address + "/nabij")
    tasks.audit(timestamp=0)
    make_page(at=clock.now())
    DueMoment.objects.all().delete()
    tasks.audit(timestamp=60)
    assert fetched == ["/nabij", "/nabij/fail"]
    assert not stuck_pages().exists()
