"""The house tour: as each role through every door of the menu, and one room further."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Page

from nabij.demo.world import world
from tests.journeys.living import living_in

CLOCK = "2027-05-20"
pytestmark = pytest.mark.journey

ROLES = (
    "nadia.vroom", "marit.schouten", "ravi.postma", "wieke.lamers", "bram.kooistra", "imke.tol", "olaf.kruit",
    "noor.wessels", "lin.chen", "owen.baas", "daan.oort", "samira.idrissi", "gerda.vonk",
    "ayla.demir", "vera.blok", "hester.blom", "fenna.wiarda",
)  # fmt: skip
NARROW = ({"width": 390, "height": 844}, {"width": 320, "height": 640})
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
IN_A_LANGUAGE = re.compile(r"^/(en|tr|ar|pl|uk)/|/(?:voorbeeld|formulier)/(\w\w)/$")
LEAVES = ("/snel-weg/", "/inloggen/logout/")
AT_MOST_ALIKE = 1  # with many rooms twice would cost minutes
TOKEN = re.compile(r"csrf\w+\W+\w+|X-CSRFToken\W+\w+")


def links_of(page: Page, house: str) -> list[str]:
    """The links of this page into the house itself."""
    found: list[str] = page.locator("a[href]:not([download])").evaluate_all(
        "links => links.map(link => link.href)"
    )
    inside = dict.fromkeys(urldefrag(link).url for link in found if link.startswith(house))
    return [link for link in inside if urlsplit(link).path not in LEAVES]


def pattern_of(link: str) -> str:
    """Addresses that differ by their record only are alike."""
    return UUID.sub("*", urlsplit(link).path)


def is_wider_than_the_screen(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


class Tour:
    """One person's walk; remembers what was wrong instead of stopping at the first."""

    def __init__(self, page: Page, house: str) -> None:
        self.page, self.house = page, house
        self.seen: dict[str, int] = {}
        self.been: set[str] = set()
        self.wrong: list[str] = []
        page.on("console", lambda said: said.type == "error" and self.blame(f"console: {said.text}"))
        page.on("pageerror", lambda error: self.blame(f"script: {error}"))

    def blame(self, what: str) -> None:
        """Something is wrong on the page of this moment."""
        self.wrong.append(f"{urlsplit(self.page.url).path}: {what}")

    def walk(self, start: str, depth: int) -> None:
        """Open a page, look at it, and go through its links."""
        if start in self.been:
            return
        self.been.add(start)
        alike = self.seen.get(pattern_of(start), 0)
        if alike >= AT_MOST_ALIKE:
            return
        self.seen[pattern_of(start)] = alike + 1
        answer = self.page.goto(start)
        if answer is None or answer.status >= 400:
            self.blame(f"{start} answers {answer.status if answer else 'nothing'}")
            return
        self.inspect()
        if depth:
            for link in links_of(self.page, self.house):
                self.walk(link, depth - 1)

    def inspect(self) -> None:
        """Language, title and width."""
        path, title = urlsplit(self.page.url).path, self.page.title()
        named = IN_A_LANGUAGE.search(path)
        language = next(filter(None, named.groups()), "nl") if named else "nl"
        if self.page.locator("html").get_attribute("lang") != language:
            self.blame("language")
        if not title or any(person["name"] in title for person in world()["person"]):
            self.blame(f"title: {title}")
        for size in NARROW:
            self.page.set_viewport_size(size)
            if is_wider_than_the_screen(self.page):
                self.blame(f"wider than {size['width']}")


@pytest.mark.parametrize("name", ROLES)
def test_every_door_of_a_role_opens(nabij, log_in, visit, look, name):
    living_in(nabij, log_in, visit)
    page = log_in(name)
    look(page, f"{name}-desk")
    tour = Tour(page, nabij.url)
    tour.walk(f"{nabij.url}/werk/", 2)
    assert tour.wrong == []
    assert len(tour.been) > 3


def test_another_organisations_pages_do_not_exist(nabij, log_in, visit):
    """The page of somebody else's incident is the page of an unknown one, to the letter."""
    living = living_in(nabij, log_in, visit)
    joost = log_in("joost.prins")
    unknown = "00000000-0000-4000-8000-000000000000"
    closed = (living.room, living.lead, living.registrations, living.centre, living.answer, living.ask_link)
    for path in closed:
        answers = [joost.request.get(each) for each in (path, UUID.sub(unknown, path))]
        assert answers[0].status == answers[1].status in (403, 404), path
        theirs, nobodys = (TOKEN.sub("", answer.text()) for answer in answers)
        assert UUID.sub("", theirs).replace(path, "") == UUID.sub("", nobodys), path
