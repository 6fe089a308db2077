"""What something happened to is public first; all else stays as it is until the job right after."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from nabij.audit import trail
from nabij.audit.actor import SYSTEM
from nabij.kit.tests.at_once import together
from nabij.publish import actions, pages, tasks
from nabij.publish.actions import Overtaken, release
from nabij.publish.folders import current_number
from nabij.publish.models import Release
from nabij.publish.pages import PublicPage, once

AT = datetime(2027, 5, 15, 20, 19, tzinfo=UTC)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


class Centre:
    """Something that things happen to."""

    def __init__(self, pk: UUID) -> None:
        self.pk = pk


class World:
    """What each record says now, and how often each of its pages was made."""

    def __init__(self) -> None:
        self.words = {ONE: "een", TWO: "twee"}
        self.made: list[str] = []

    def of(self, pk: UUID) -> list[PublicPage]:
        return [self.page(f"/iac/{pk.int}/", self.words[pk], pk)] if pk in self.words else []

    def every(self) -> list[PublicPage]:
        return [page for pk in self.words for page in self.of(pk)]

    def house(self) -> list[PublicPage]:
        names = ", ".join(self.words.values())
        home = PublicPage("/", "nl", lambda: self.say("/", names), follows_all=True)
        return [home, self.page("/vast/", "vast", None)]

    def page(self, path: str, text: str, pk: UUID | None) -> PublicPage:
        return PublicPage(path, "nl", lambda: self.say(path, text), pk)

    def say(self, path: str, text: str) -> str:
        self.made.append(path)
        return text


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    world = World()
    pages.register(world.house)
    pages.register(world.every, world.of)
    return world


def happened(pk: UUID) -> int:
    with transaction.atomic():
        entry = trail.record("pages.released", by=SYSTEM, at=AT, subject=Centre(pk))
    return entry.pk


def says(folder, path: str) -> str:
    file = folder / "current" / path.lstrip("/") / "index.html"
    return file.read_text() if file.exists() else ""


def waiting(task: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=task, status="todo").count()


@pytest.mark.django_db
def test_only_what_changed_and_what_follows_all_is_made_anew(own_releases, world):
    release(by=SYSTEM, at=AT)
    world.words, world.made = {ONE: "een nieuw", TWO: "twee nieuw"}, []
    made = release(by=SYSTEM, at=AT, of={ONE})
    assert sorted(world.made) == ["/", "/iac/1/"]
    assert (says(own_releases, "/iac/1/"), says(own_releases, "/iac/2/")) == ("een nieuw", "twee")
    assert says(own_releases, "/") == "een nieuw, twee nieuw"
    assert says(own_releases, "/vast/") == "vast"
    assert (made.pages, made.failed) == (4, 0)
    first, second = (own_releases / number / "iac" / "2" / "index.html" for number in "12")
    assert first.stat().st_ino == second.stat().st_ino


@pytest.mark.django_db
def test_what_is_no_longer_told_of_the_record_is_gone_at_once(own_releases, world):
    release(by=SYSTEM, at=AT)
    del world.words[ONE]
    release(by=SYSTEM, at=AT, of={ONE})
    assert says(own_releases, "/iac/1/") == ""
    assert says(own_releases, "/iac/2/") == "twee"


@pytest.mark.django_db
def test_a_new_record_comes_beside_the_others_and_an_unknown_one_makes_all_anew(own_releases, world):
    release(by=SYSTEM, at=AT)
    world.words[THREE], world.made = "drie", []
    release(by=SYSTEM, at=AT, of={THREE})
    assert sorted(world.made) == ["/", "/iac/3/"]
    world.made = []
    release(by=SYSTEM, at=AT, of={ONE, uuid4()})
    assert len(world.made) == 5


@pytest.mark.django_db
def test_without_a_known_current_release_all_pages_are_made(own_releases, world):
    release(by=SYSTEM, at=AT, of={ONE})
    assert len(world.made) == 4
    (own_releases / "1.pages.json").write_text("[geen]")
    world.made = []
    release(by=SYSTEM, at=AT, of={ONE})
    assert len(world.made) == 4


@pytest.mark.django_db
def test_the_job_makes_what_it_and_those_that_wait_tell_of_and_leaves_all_else_for_right_after(
    own_releases, world
):
    tasks.release_pages()
    world.words, world.made = {ONE: "een nieuw", TWO: "twee nieuw"}, []
    for pk in (TWO, TWO):
        tasks.release_pages.defer(entry_id=happened(pk))
    tasks.release_pages(entry_id=happened(ONE))
    assert sorted(world.made) == ["/", "/iac/1/", "/iac/2/"]
    assert (waiting(tasks.RELEASE), waiting(tasks.RELEASE_ALL)) == (0, 1)
    tasks.release_pages(entry_id=happened(ONE))
    assert waiting(tasks.RELEASE_ALL) == 1, "one is enough"
    world.made = []
    tasks.release_all()
    assert len(world.made) == 4


@pytest.mark.django_db
def test_a_job_that_waits_for_everything_makes_everything(own_releases, world):
    tasks.release_pages()
    world.made = []
    tasks.release_pages.defer(entry_id=0)
    tasks.release_pages(entry_id=happened(ONE))
    assert len(world.made) == 4
    assert waiting(tasks.RELEASE_ALL) == 0


@pytest.mark.django_db(transaction=True)
def test_the_release_of_all_lets_a_publication_go_first_and_never_comes_over_it(own_releases, world):
    """While all pages are made, one record changes and is made public: it waits for nothing and stays."""
    release(by=SYSTEM, at=AT)
    page = world.page

    def slow_page(path, text, pk):
        made = page(path, text, pk)
        return PublicPage(path, "nl", lambda: change_in_between(made), pk) if pk == TWO else made

    def change_in_between(made):
        if world.words[ONE] != "een nieuw":
            world.words[ONE] = "een nieuw"
            errors = together(lambda: release(by=SYSTEM, at=AT, of={ONE}))
            assert errors == []
            assert says(own_releases, "/iac/1/") == "een nieuw"
        return made.render()

    world.page = slow_page
    with pytest.raises(Overtaken):
        release(by=SYSTEM, at=AT, gives_way=True)
    assert says(own_releases, "/iac/1/") == "een nieuw"
    assert current_number(own_releases) == 2
    world.words[ONE] = "een"
    tasks.release_all()
    assert says(own_releases, "/iac/1/") == "een nieuw"
    assert Release.objects.count() == 4


@pytest.mark.django_db
def test_a_release_of_all_that_is_overtaken_again_and_again_lets_the_others_wait(
    own_releases, world, monkeypatch
):
    given_way = []

    def busy(*, by, at, gives_way=False):
        given_way.append(gives_way)
        if gives_way:
            raise Overtaken
        return actions.release(by=by, at=at)

    monkeypatch.setattr(tasks, "release", busy)
    tasks.release_all()
    assert given_way == [True, True, False]
    assert says(own_releases, "/iac/1/") == "een"


@pytest.mark.django_db
def test_old_words_leave_the_disk_with_the_release_of_all(own_releases, world):
    for text in ("ingetrokken", "anders", "weer anders"):
        world.words[ONE] = text
        release(by=SYSTEM, at=AT, of={ONE})
    release(by=SYSTEM, at=AT + timedelta(seconds=5))
    kept = [file.read_text(encoding="utf-8") for file in own_releases.rglob("*.html")]
    assert not any("ingetrokken" in text for text in kept)
    assert {each.name for each in own_releases.iterdir()} == {"3", "4", "4.pages.json", "current"}


def test_a_question_is_asked_once_in_a_release_and_each_time_outside_it():
    asked = []

    def ask():
        asked.append(1)
        return len(asked)

    assert [once("x", ask), once("x", ask)] == [1, 2]
    with pages.asking_once():
        assert [once("x", ask), once("x", ask), once("y", ask)] == [3, 3, 4]
    assert once("x", ask) == 5


def test_a_source_is_added_once_and_asked_in_its_turn(world):
    pages.register(world.every, world.of)
    assert [source.name.rpartition(".")[2] for source in pages.sources()] == ["house", "every"]
    assert [page.path for page in pages.all_pages()] == ["/", "/vast/", "/iac/1/", "/iac/2/"]
