"""A house with something in every room: an incident at night with people on the way, a live centre."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.conftest import Nabij, wait_for

ROOM = re.compile(r"/werk/hulp-vragen/[0-9a-f-]{36}/")


@dataclass(frozen=True)
class Living:
    """Where things stand in the house that is lived in."""

    incident: str
    answer: str
    ask_link: str
    centre: str
    site: str

    @property
    def room(self) -> str:
        return f"/werk/gebeurtenissen/{self.incident}/"

    @property
    def lead(self) -> str:
        return f"/werk/piket/{self.incident}/"

    @property
    def registrations(self) -> str:
        return f"{self.room}aanmeldingen/"


def fill_request(
    page: Page,
    *,
    urgency: str = "Dringend",
    topic: str = "Explosie",
    place: str = "Sporthal De Zilvermeeuw",
    municipality: str = "Amsterdam",
) -> None:
    """The form for help, filled in as a tired official does it."""
    page.get_by_label(re.compile(urgency)).check()
    page.locator("select[name=topic]").select_option(label=topic)
    page.locator("select[name=municipalities]").select_option(label=municipality)
    page.get_by_label("Straat of plek").fill(place)
    page.get_by_label("Hoeveel mensen?").fill("38")
    page.get_by_label("opvang ter plaatse").check()
    page.get_by_label("Op welk nummer bellen wij terug?").fill("06-00000081")


def send(page: Page) -> None:
    """Press the one large button."""
    page.get_by_role("button", name="Vraag hulp").click()


def ask_for_help(page: Page, **facts: str) -> None:
    """Fill in and send the form, and say that it is a new event when one is known there already."""
    page.goto("/werk/hulp-vragen/")
    fill_request(page, **facts)
    send(page)
    another = page.get_by_label("Nee, dit is een andere gebeurtenis")
    another.or_(page.get_by_role("heading", name="Uw verzoek is binnen")).first.wait_for()
    if another.count():
        another.check()
        send(page)
    page.wait_for_url(ROOM)


def newest_incident(nabij: Nabij) -> str:
    """The incident that was reported last."""
    return str(nabij.rows("SELECT id FROM incidents_incident ORDER BY reported_at DESC LIMIT 1")[0][0])


_settled: dict[str, Living] = {}


def living_in(house: Nabij, log_in, visit) -> Living:
    """The house as it is lived in; moved into once for all journeys of a run."""
    if house.url not in _settled:
        _settled[house.url] = _settle(house, log_in, visit)
    return _settled[house.url]


def _settle(house: Nabij, log_in, visit) -> Living:
    """Ask for help, lead it, call workers, commission a centre and put it live; all through the pages."""
    house.clock("2027-05-20T03:31")
    nadia = log_in("nadia.vroom")
    ask_for_help(nadia, place="Buurthuis De Kade")
    answer = nadia.url.removeprefix(house.url)
    incident = newest_incident(house)
    bram = log_in("bram.kooistra")
    wait_for(lambda: bram.goto("/werk/oproepen/") and bram.get_by_role("link", name="Antwoorden").count())
    bram.get_by_role("link", name="Antwoorden").first.click()
    bram.get_by_role("button", name="Ik kom").click()
    bram.get_by_text("Uw antwoord is binnen").wait_for()
    bram.goto(f"/werk/piket/{incident}/")
    bram.get_by_role("button", name="Roep medewerkers op").click()
    imke = log_in("imke.tol")
    wait_for(lambda: imke.goto("/werk/oproepen/") and imke.get_by_role("link", name="Antwoorden").count())
    ask_link = imke.get_by_role("link", name="Antwoorden").first.get_attribute("href") or ""
    imke.goto(ask_link)
    imke.get_by_role("button", name="Ik kom").click()
    imke.get_by_text("Uw antwoord is binnen").wait_for()
    centre, site = commission(nadia, incident)
    put_live(log_in, centre)
    register(visit, site)
    return Living(incident, answer, ask_link, centre, site)


def commission(nadia: Page, incident: str) -> tuple[str, str]:
    """The order for a centre, given by the municipality; gives the centre's desk page and its site."""
    nadia.goto(f"/werk/iac/opdracht/{incident}/")
    nadia.get_by_label("Naam op de site").fill("Explosie bij De Kade")
    nadia.get_by_label("Wie geeft de opdracht?").fill("De burgemeester")
    nadia.get_by_label("Wie is verantwoordelijk voor de gegevens?").fill("Gemeente Amsterdam")
    nadia.get_by_label("Wie is de woordvoerder?").fill("Woordvoerder, 06-00000082")
    nadia.get_by_label("Voor welk gebied?").fill("Amsterdam Noord")
    nadia.locator("[name=audiences]").first.check()
    nadia.locator("[name=wants_closed_part][value=nee]").check()
    nadia.get_by_role("button", name="Opdracht versturen").click()
    nadia.wait_for_url(re.compile(r"/werk/iac/[0-9a-f-]{36}/$"))
    centre = re.sub(r"^.*(/werk/iac/)", r"\1", nadia.url)
    site = re.search(r"/iac/[\w-]+/", nadia.locator("main").inner_text())
    assert site is not None
    return centre, site.group()


def put_live(log_in, centre: str) -> None:
    """A message by the editor, everything approved by the chief, then live."""
    lin = log_in("lin.chen")
    lin.goto(f"{centre}bericht/")
    lin.locator("main form input[type=text]:visible").first.fill("Gemeente Amsterdam")
    lin.locator("textarea:visible").first.fill("De gemeente onderzoekt wat er is gebeurd. Er is opvang.")
    lin.locator("main form button[type=submit]").last.click()
    owen = log_in("owen.baas")
    owen.goto(f"{centre}goedkeuren/")
    owen.locator("main form button[type=submit]").last.click()
    owen.goto(centre)
    owen.get_by_role("button", name="Zet live").click()
    owen.get_by_text("Offline halen").wait_for()


def register(visit, site: str) -> None:
    """Somebody registers, without a login."""
    page = wait_for(lambda: _form(visit, site), why="the centre is not public")
    page.locator("input[autocomplete=name]").first.fill("Roos Registratie")
    page.locator("main form button[type=submit]").last.click()


def _form(visit, site: str) -> Page | None:
    page = visit(f"{site}aanmelden/")
    return page if page.locator("main form").count() else None
