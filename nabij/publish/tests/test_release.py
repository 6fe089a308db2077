import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import ANONYMOUS, SYSTEM
from nabij.audit.models import TrailEntry
from nabij.publish import pages, tasks
from nabij.publish.actions import release
from nabij.publish.factories import make_release
from nabij.publish.folders import write_release
from nabij.publish.pages import PublicPage, UnusablePath
from nabij.publish.policies import can_release
from nabij.publish.queries import newest_release
from nabij.publish.serving import serve_release_first
from nabij.publish.tests.browser import behind, get

AT = datetime(2027, 5, 15, 20, 19, tzinfo=UTC)


def say(text: str, path: str = "/") -> None:
    pages._sources.clear()
    pages.register(lambda: [PublicPage(path, "nl", lambda: text)])


@pytest.mark.django_db
def test_a_release_holds_every_page_and_is_on_the_trail(own_releases):
    say("eerste")
    made = make_release(AT)
    assert (own_releases / "current" / "index.html").read_text() == "eerste"
    assert (made.number, made.pages, made.failed) == (1, 1, 0)
    assert newest_release() == made
    entry = TrailEntry.objects.get(verb="pages.released")
    assert entry.facts == {"number": 1, "pages": 1, "failed": 0}


@pytest.mark.django_db
def test_a_page_is_rendered_in_its_own_language(own_releases):
    from django.utils.translation import get_language

    pages.register(lambda: [PublicPage("/en/", "en", lambda: get_language() or "")])
    make_release(AT)
    assert (own_releases / "current" / "en" / "index.html").read_text() == "en"


@pytest.mark.django_db
def test_a_page_that_cannot_be_made_keeps_its_former_text_and_the_others_go_out(own_releases):
    def broken() -> str:
        raise ValueError("stuk")

    say("oud", "/oud/")
    make_release(AT)
    pages._sources.clear()
    pages.register(
        lambda: (
            [PublicPage("/oud/", "nl", broken), PublicPage("/nieuw/", "nl", lambda: "nieuw")]
            + [PublicPage("/nooit/", "nl", broken)]
        )
    )
    made = make_release(AT)
    assert (made.pages, made.failed) == (3, 2)
    assert (own_releases / "current" / "oud" / "index.html").read_text() == "oud"
    assert (own_releases / "current" / "nieuw" / "index.html").read_text() == "nieuw"
    assert not (own_releases / "current" / "nooit").exists()


@pytest.mark.django_db
def test_a_page_that_is_no_longer_told_is_gone(own_releases):
    say("weg straks", "/weg/")
    make_release(AT)
    say("blijft", "/blijft/")
    make_release(AT)
    site = serve_release_first(behind)
    assert get(site, "/weg/").status == 404
    assert get(site, "/blijft/").status == 200


@pytest.mark.django_db
def test_two_releases_are_kept_so_that_what_was_taken_away_leaves_the_disk_with_the_next(own_releases):
    for text in ("ingetrokken woorden", "andere woorden", "andere woorden"):
        say(text)
        make_release(AT)
    assert {each.name for each in own_releases.iterdir()} == {"2", "3", "3.pages.json", "current"}
    kept = [file.read_text(encoding="utf-8") for file in own_releases.rglob("*.html")]
    assert kept
    assert not any("ingetrokken" in text for text in kept)


@pytest.mark.django_db
def test_only_the_system_makes_a_release(own_releases):
    assert can_release(SYSTEM, AT)
    for role in Role:
        actor = make_actor(role)
        assert not can_release(actor, AT)
    with pytest.raises(PermissionDenied):
        release(by=ANONYMOUS, at=AT)
    assert not own_releases.exists()


@pytest.mark.parametrize(
    "path", ["/../x/", "iac/", "/IAC/", "/iac", "/-/", "/iac//x/", "/x.html", "/a b/", ""]
)
def test_an_unusable_address_is_refused(path):
    with pytest.raises(UnusablePath):
        PublicPage(path, "nl", str)


@pytest.mark.django_db
def test_the_command_releases_and_says_so(own_releases, capsys):
    say("hallo")
    call_command("release_pages")
    assert "Uitgave 1: 1 pagina's" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_one_release_serves_all_jobs_that_wait(own_releases):
    say("hallo")
    for entry_id in range(3):
        tasks.release_pages.defer(entry_id=entry_id)
    tasks.release_pages(entry_id=99)
    assert not list(tasks.jobs.job_manager.list_jobs(task=tasks.RELEASE, status="todo"))
    newest = newest_release()
    assert newest is not None
    assert newest.number == 1
    tasks.release_what_was_missed(timestamp=0)
    assert (own_releases / "current").readlink().name == "2"


def test_a_reader_never_sees_half_a_release(own_releases):
    """Every page of a release says its number; within one look at the pages they must all agree."""
    count = 20
    write_release(own_releases, 1, {f"/p{page}/": "1 " * 200 for page in range(count)})
    site = serve_release_first(behind)
    wrong: list[str] = []
    seen: set[str] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            answers = [get(site, f"/p{page}/") for page in range(0, count, 3)]
            numbers = [answer.body.decode().split(" ")[0] for answer in answers]
            seen.update(numbers)
            if any(answer.status != 200 for answer in answers) or numbers != sorted(numbers, key=int):
                wrong.append(str(numbers))
            time.sleep(0.002)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(2, 6):
        write_release(own_releases, number, {f"/p{page}/": f"{number} " * 200 for page in range(count)})
        time.sleep(0.25)
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert {"1", "5"} <= seen


KILLED = """
import os, signal, sys
from pathlib import Path
from nabij.publish import folders
written = 0
real = folders._write
def write(*args):
    global written
    written += 1
    if written == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*args)
folders._write = write
folders.write_release(Path(sys.argv[1]), 2, {f"/p{n}/": "nieuw" for n in range(5)})
"""


def test_a_kill_in_the_middle_leaves_the_old_release_up(own_releases):
    write_release(own_releases, 1, {f"/p{page}/": "oud" for page in range(5)})
    site = serve_release_first(behind)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(own_releases)], env=dict(os.environ), check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert (own_releases / "2.unfinished" / "p1" / "index.html").is_file()
    assert [get(site, f"/p{page}/").body for page in range(5)] == [b"oud"] * 5
    write_release(own_releases, 3, {"/p0/": "nieuwst"})
    assert not (own_releases / "2.unfinished").exists()
    time.sleep(0.25)
    assert get(site, "/p0/").body == b"nieuwst"


def test_an_unchanged_page_shares_its_bytes_with_the_former_release(own_releases):
    write_release(own_releases, 1, {"/a/": "zelfde", "/b/": "oud"})
    write_release(own_releases, 2, {"/a/": "zelfde", "/b/": "nieuw"})
    first, second = (own_releases / number / "a" / "index.html" for number in "12")
    assert first.stat().st_ino == second.stat().st_ino
    assert (own_releases / "1" / "b" / "index.html").read_text() == "oud"


@pytest.mark.django_db(transaction=True)
def test_a_page_that_could_not_be_made_is_tried_again_in_seconds(own_releases):
    def broken():
        raise ZeroDivisionError

    pages.register(lambda: [PublicPage("/stuk/", "nl", broken)])
    with pytest.raises(tasks.SomePagesFailed):
        tasks.release_pages()
