"""A page or a source that fails: the others go out, its words stay, but never words that were taken away."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.urls import reverse

from nabij.accounts.factories import make_membership
from nabij.accounts.roles import Role
from nabij.audit import trail
from nabij.audit.actor import SYSTEM
from nabij.kit.content import load_toml
from nabij.publish import pages
from nabij.publish.actions import release
from nabij.publish.pages import PublicPage, StandIn
from nabij.publish.queries import failed_count, failing_pages
from nabij.publish.stand_in import FILE, stand_in_page
from nabij.publish.tests.test_what_changed_first import Centre, says

pytestmark = pytest.mark.django_db
AT = datetime(2027, 5, 15, 20, 19, tzinfo=UTC)
LATER = AT + timedelta(minutes=10)
CENTRE, OTHER = UUID(int=1), UUID(int=2)
WORDS = "Bij de brand is de heer X gewond."
STAND_IN = StandIn("Brand Kokmeeuwstraat", "0900-0101")


class House:
    """Pages of two centres and a form; what breaks is said in `broken`."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.text = WORDS

    def of(self, pk: UUID) -> list[PublicPage]:
        self.check("source")
        page = PublicPage(f"/iac/{pk.int}/", "nl", lambda: self.say(self.text), pk, STAND_IN)
        form = PublicPage(f"/iac/{pk.int}/aanmelden/", "nl", lambda: self.say("formulier"), pk)
        return [page, form]

    def every(self) -> list[PublicPage]:
        return [*self.of(CENTRE), *self.of(OTHER)]

    def rest(self) -> list[PublicPage]:
        return [PublicPage("/rest/", "nl", lambda: self.text)]

    def say(self, text: str) -> str:
        self.check("page")
        return text

    def check(self, what: str) -> None:
        if what in self.broken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")


@pytest.fixture
def house():
    house = House()
    pages.register(house.every, house.of)
    pages.register(house.rest)
    release(by=SYSTEM, at=AT)
    return house


def take_away(pk: UUID = CENTRE, at: datetime = LATER, *, takes_away: bool = True) -> None:
    with transaction.atomic():
        facts: dict[str, trail.Fact] = {"takes_away": True} if takes_away else {}
        trail.record("pages.released", by=SYSTEM, at=at, subject=Centre(pk), facts=facts)


@pytest.mark.parametrize("of", [set(), {CENTRE}])
def test_a_source_that_fails_leaves_the_others_going_and_its_pages_stay(own_releases, house, of):
    house.broken, house.text = {"source"}, "nieuw"
    made = release(by=SYSTEM, at=LATER, of=of)
    assert says(own_releases, "/iac/1/") == says(own_releases, "/iac/2/") == WORDS
    assert says(own_releases, "/rest/") == ("nieuw" if not of else WORDS)
    assert made.pages == 5
    assert made.failed == (4 if not of else 2)
    house.broken = set()
    assert release(by=SYSTEM, at=LATER, of=of).failed == 0
    assert says(own_releases, "/iac/1/") == "nieuw"


def test_a_source_that_never_told_a_page_is_counted_as_failed(own_releases, house):
    def nothing() -> list[PublicPage]:
        raise ZeroDivisionError

    pages.register(nothing)
    made = release(by=SYSTEM, at=LATER)
    assert (made.pages, made.failed) == (6, 1)
    assert failing_pages() == []


@pytest.mark.parametrize("broken", ["page", "source"])
@pytest.mark.parametrize("of", [set(), {CENTRE}])
def test_words_that_were_taken_away_do_not_stay_on_a_page_that_cannot_be_made(
    own_releases, house, broken, of
):
    house.broken = {broken}
    take_away()
    for moment in (LATER, LATER + timedelta(hours=1)):
        release(by=SYSTEM, at=moment, of=of)
        page = says(own_releases, "/iac/1/")
        assert WORDS not in page
        for words in ("Brand Kokmeeuwstraat", "Deze pagina wordt hersteld", 'href="tel:09000101"', "112"):
            assert words in page
    assert says(own_releases, "/iac/2/") == WORDS, "nothing was taken away there"
    assert says(own_releases, "/iac/1/aanmelden/") == "formulier", "people can go on registering"
    house.broken, house.text = set(), "nieuw"
    release(by=SYSTEM, at=LATER + timedelta(hours=2), of=of)
    assert says(own_releases, "/iac/1/") == "nieuw"


def test_another_change_leaves_the_former_words_and_so_does_what_they_already_follow(own_releases, house):
    take_away(takes_away=False)
    take_away(at=AT - timedelta(hours=1))
    house.broken = {"page"}
    release(by=SYSTEM, at=LATER)
    assert says(own_releases, "/iac/1/") == WORDS


def test_a_change_that_was_committed_after_the_page_was_made_counts_though_its_clock_is_earlier(
    own_releases, house
):
    take_away(at=AT - timedelta(seconds=20))
    house.broken = {"page"}
    release(by=SYSTEM, at=LATER)
    assert WORDS not in says(own_releases, "/iac/1/")


def test_a_new_centre_that_cannot_be_made_says_whom_to_call(own_releases):
    house = House()
    house.broken = {"page"}
    pages.register(house.every, house.of)
    made = release(by=SYSTEM, at=AT)
    assert "Brand Kokmeeuwstraat" in says(own_releases, "/iac/1/")
    assert says(own_releases, "/iac/1/aanmelden/") == ""
    assert (made.pages, made.failed) == (4, 4)


def test_words_without_a_record_stay_while_their_page_fails(own_releases):
    broken = False

    def text() -> str:
        return str(1 / 0) if broken else WORDS

    pages.register(lambda: [PublicPage("/los/", "nl", text, stand_in=STAND_IN)])
    release(by=SYSTEM, at=AT)
    broken = True
    release(by=SYSTEM, at=LATER)
    assert says(own_releases, "/los/") == WORDS


def test_who_publishes_sees_what_fails_and_since_when(own_releases, house, client):
    panel = reverse("publish:failing")
    client.force_login(make_membership(Role.IAC_CHIEF).user)
    assert "bijgewerkt" in client.get(panel).content.decode()
    assert failed_count() == 0
    desk = "niet lukken"
    assert desk not in client.get("/werk/").content.decode()
    house.broken = {"page"}
    for moment in (LATER, LATER + timedelta(hours=1)):
        release(by=SYSTEM, at=moment)
    assert [(each.path, each.since_at) for each in failing_pages()][0] == ("/iac/1/", LATER)
    page = client.get(panel).content.decode()
    assert "4 openbare pagina" in page
    assert '<a href="/iac/1/">' in page
    assert failed_count() == 4
    assert desk in client.get("/werk/").content.decode()
    client.force_login(make_membership(Role.IAC_EDITOR).user)
    assert client.get(panel).status_code == 403
    assert desk not in client.get("/werk/").content.decode()


def test_without_a_release_nothing_failed():
    assert failed_count() == 0
    assert failing_pages() == []


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar", "pl", "uk"])
def test_the_stand_in_speaks_the_language_of_its_page(language):
    words = load_toml(FILE)["words"]
    page = stand_in_page(STAND_IN, language)
    assert words[language]["repaired"] in page
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert "Brand Kokmeeuwstraat" in page
