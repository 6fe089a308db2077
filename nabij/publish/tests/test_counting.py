"""Visits: a number per page and hour, counted without a database and without anything of who reads."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from nabij.publish import counting
from nabij.publish.counting import VisitCounter, forget_hours, is_counted, written_hours
from nabij.publish.folders import write_release
from nabij.publish.serving import serve_release_first
from nabij.publish.tests.browser import behind, get

AT = datetime(2027, 9, 6, 10, 15, tzinfo=UTC)
PAGE, ENGLISH = "/iac/zilver-eik/", "/en/iac/zilver-eik/"


@pytest.fixture
def visits(tmp_path):
    return VisitCounter(tmp_path / "visits")


@pytest.fixture
def site(own_releases, visits):
    pages = dict.fromkeys(("/", PAGE, ENGLISH, f"{PAGE}aanmelden/", f"{PAGE}print/"), "tekst")
    write_release(own_releases, 1, pages)
    return serve_release_first(behind, visits=visits)


def counted(visits, at=AT):
    visits.write(at)
    return {hour: dict(pages) for hour, pages in written_hours(visits._folder).items()}


def test_only_a_reader_of_the_page_of_a_centre_is_counted(site, visits):
    for path in (PAGE, PAGE, ENGLISH, "/", f"{PAGE}aanmelden/", f"{PAGE}print/", "/iac/onbekend/"):
        get(site, path, HTTP_USER_AGENT="Mozilla/5.0")
    get(site, PAGE, "HEAD")
    get(site, PAGE, HTTP_USER_AGENT="Example-Bot/2.1")
    get(site, PAGE, HTTP_SEC_PURPOSE="prefetch")
    mark = get(site, PAGE).headers["ETag"]
    assert get(site, PAGE, HTTP_IF_NONE_MATCH=mark).status == 304
    assert counted(visits) == {AT.replace(minute=0): {PAGE: 4, ENGLISH: 1}}


def test_what_is_written_holds_nothing_of_a_reader(site, visits):
    get(
        site,
        PAGE,
        HTTP_USER_AGENT="Mozilla/5.0 (Zeldzaam)",
        REMOTE_ADDR="203.0.113.9",
        QUERY_STRING="naam=bo",
    )
    visits.write(AT)
    [file] = visits._folder.glob("*.json")
    assert json.loads(file.read_text()) == {PAGE: 1}
    assert file.name.startswith("2027-09-06T10.")


def test_processes_add_up_and_an_hour_without_readers_was_counted_too(tmp_path):
    first, second = VisitCounter(tmp_path), VisitCounter(tmp_path)
    first.count(PAGE, {})
    first.write(AT)
    first.count(PAGE, {})
    for each in (first, second):
        each.write(AT)
    first.write(AT + timedelta(hours=1))
    assert written_hours(tmp_path) == {
        AT.replace(minute=0): {PAGE: 2},
        AT.replace(minute=0) + timedelta(hours=1): {},
    }
    assert list(first._hours) == ["2027-09-06T11"], "what is over is not kept in memory"


def test_a_full_disk_loses_no_count_and_stops_no_page(site, visits, tmp_path):
    (tmp_path / "visits").write_text("no folder can be made here")
    assert get(site, PAGE).status == 200
    visits.write(AT)
    (tmp_path / "visits").unlink()
    assert counted(visits) == {AT.replace(minute=0): {PAGE: 1}}


def test_what_cannot_be_read_is_left_out_and_old_files_go(tmp_path):
    (tmp_path / "2027-09-06T10.broken.json").write_text("{")
    (tmp_path / "ander.json").write_text("{}")
    old = VisitCounter(tmp_path)
    old.write(AT - timedelta(days=3))
    assert list(written_hours(tmp_path)) == [(AT - timedelta(days=3)).replace(minute=0)]
    forget_hours(AT - timedelta(days=2), tmp_path)
    assert written_hours(tmp_path) == {}


def test_nothing_is_lost_when_many_read_at_once(visits):
    def read():
        for _ in range(2000):
            visits.count(PAGE, {})

    threads = [threading.Thread(target=read) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert counted(visits)[AT.replace(minute=0)] == {PAGE: 8000}


def test_a_process_writes_by_itself(visits, monkeypatch):
    monkeypatch.setitem(counting.load_toml(counting.FILE), "write_seconds", 0.01)
    visits.count(PAGE, {})
    visits.start()
    for _ in range(500):
        if written_hours(visits._folder):
            break
        threading.Event().wait(0.01)
    visits.stop()
    assert sum(pages[PAGE] for pages in written_hours(visits._folder).values()) == 1


def test_what_was_counted_since_the_last_writing_is_written_at_the_end(visits):
    visits.count(PAGE, {})
    visits.write(datetime.now(UTC))
    visits.count(PAGE, {})
    visits.stop()
    assert sum(pages[PAGE] for pages in written_hours(visits._folder).values()) == 2


@pytest.mark.parametrize(
    ("path", "yes"),
    [(PAGE, True), (ENGLISH, True), ("/iac/", False), (f"{PAGE}print/", False), ("/x/iac/a/", False)],
)
def test_which_pages_are_counted(path, yes):
    assert is_counted(path) is yes
