"""What is live stands at a second place at once, and a place that is away is tried again and told."""

from datetime import UTC, datetime, timedelta
from threading import Event
from time import sleep

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from procrastinate.contrib.django import app as jobs

from nabij import settings
from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.kit.tests.at_once import together
from nabij.publish import pages, second_place, tasks
from nabij.publish.factories import make_release
from nabij.publish.folders import current_number, releases_folder, write_release
from nabij.publish.models import SecondPlace
from nabij.publish.pages import PublicPage
from nabij.publish.second_place import push_release, state_of_second_place

pytestmark = pytest.mark.django_db
AT = datetime(2027, 5, 15, 20, 19, tzinfo=UTC)


@pytest.fixture
def there(tmp_path, monkeypatch):
    """The folder of another machine."""
    place = tmp_path / "elsewhere"
    monkeypatch.setattr(settings.ENV, "second_place", place)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    pages.register(lambda: [PublicPage("/iac/x/", "nl", lambda: "wat nu te doen")])
    return place


def waiting():
    return list(jobs.job_manager.list_jobs(task="nabij.publish.tasks.push", status="todo"))


def test_a_release_stands_at_the_second_place_too_with_its_compressed_twin(there):
    there.mkdir()
    tasks.release_pages()
    assert len(waiting()) == 1
    tasks.push()
    assert (there / "current" / "iac" / "x" / "index.html").read_text() == "wat nu te doen"
    assert (there / "current" / "iac" / "x" / "index.html.gz").is_file()
    assert push_release(by=SYSTEM, at=AT)  # twice is once
    assert SecondPlace.objects.get().number == 1
    assert state_of_second_place() == "ok"


def test_a_place_that_is_away_is_told_tried_again_and_taken_when_it_is_back(there, client):
    make_release(AT)
    client.force_login(make_membership(Role.IAC_CHIEF).user)
    panel = reverse("publish:second_place")
    assert "nog niets" in client.get(panel).content.decode()
    with pytest.raises(tasks.NotAtTheSecondPlace):
        tasks.push()
    assert not push_release(by=SYSTEM, at=AT + timedelta(minutes=1))
    row = SecondPlace.objects.get()
    assert (row.tries, row.error, row.number) == (2, "FileNotFoundError", 0)
    assert "2 tries" in state_of_second_place()
    assert "Pogingen: 2" in client.get(panel).content.decode()
    there.mkdir()
    assert push_release(by=SYSTEM, at=AT + timedelta(minutes=2))
    assert SecondPlace.objects.get().failed_first_at is None
    assert "staat ook op de tweede plek" in client.get(panel).content.decode()


def test_without_a_second_place_or_a_release_there_is_nothing_to_do(there, monkeypatch):
    assert push_release(by=SYSTEM, at=AT)
    monkeypatch.setattr(settings.ENV, "second_place", None)
    tasks.release_pages()
    assert not waiting()
    assert state_of_second_place() == "ok"


def test_only_the_house_pushes_and_only_who_publishes_looks(there, client):
    with pytest.raises(PermissionDenied):
        push_release(by=make_actor(Role.IAC_CHIEF), at=AT)
    client.force_login(make_membership(Role.IAC_EDITOR).user)
    assert client.get(reverse("publish:second_place")).status_code == 403


@pytest.mark.parametrize("left", ["1.unfinished", "1"])
def test_what_a_killed_push_left_does_not_keep_the_next_one_out(there, left):
    make_release(AT)
    for name in ("index.html", "index.html.gz", "old.html"):
        file = there / left / "iac" / "x" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("half")
    assert push_release(by=SYSTEM, at=AT)
    page = there / "current" / "iac" / "x"
    assert (page / "index.html").read_text() == "wat nu te doen"
    assert sorted(each.name for each in page.iterdir()) == ["index.html", "index.html.gz"]


def test_a_page_that_did_not_change_since_the_killed_push_is_no_reason_to_fail(there):
    there.mkdir()
    make_release(AT)
    assert push_release(by=SYSTEM, at=AT)
    make_release(AT)
    half = there / "2.unfinished" / "iac" / "x"
    half.mkdir(parents=True)
    (half / "index.html").write_text("half")
    assert push_release(by=SYSTEM, at=AT)
    assert SecondPlace.objects.get().number == 2


@pytest.mark.django_db(transaction=True)
def test_a_slow_push_never_puts_an_older_release_over_a_newer_one(there, monkeypatch):
    there.mkdir()
    make_release(AT)
    is_writing, is_newer = Event(), Event()

    def slowly(folder, number, texts):
        if not is_writing.is_set():
            is_writing.set()
            is_newer.wait(3)
            sleep(0.5)
        write_release(folder, number, texts)

    monkeypatch.setattr(second_place, "write_release", slowly)

    def newer():
        is_writing.wait(5)
        make_release(AT)
        is_newer.set()
        push_release(by=SYSTEM, at=AT)

    assert together(lambda: push_release(by=SYSTEM, at=AT), newer) == []
    assert current_number(there) == current_number(releases_folder()) == SecondPlace.objects.get().number
