"""The steps of the closed part: a centre that has one, people who register there and come in, and groups."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.journeys.centres import (
    CENTRE,
    approve_all,
    fill_commission,
    go_live,
    order,
    path_of,
    write_message,
)
from tests.journeys.conftest import Nabij, wait_for
from tests.journeys.living import ask_for_help, newest_incident
from tests.journeys.test_registering import ask_code, drained, open_form, press, receipt

LAST_DAY = "2027-08-31"
KAREL = "Karel Mus"
BEREAVED = "Ik heb iemand verloren"
OF_A_CENTRE = (
    "SELECT c.id, c.slug, c.incident_id, i.reference FROM centres_advicecentre c"
    " JOIN centres_commission m ON m.id = c.commission_id JOIN incidents_incident i ON i.id = c.incident_id"
    " WHERE c.status = 'live' AND c.archived_at IS NULL AND m.wants_closed_part AND NOT i.is_exercise"
    " AND NOT EXISTS (SELECT 1 FROM peers_space s WHERE s.owner_id = c.id)"
    " ORDER BY c.live_at DESC LIMIT 1"
)


@dataclass
class Closed:
    """A live centre with a closed part: its id, short address and incident, and who registered there."""

    centre: str
    slug: str
    incident: str
    reference: str
    names: dict[str, str] = field(default_factory=dict)

    @property
    def door(self) -> str:
        return f"/werk/besloten/{self.incident}/"

    @property
    def first(self) -> str:
        return f"/mijn/besloten/{self.slug}/"


@dataclass(frozen=True)
class Insider:
    """Somebody bereaved in a group of a closed part, by whom an earlier story ended or who was made here."""

    closed: Closed
    space: str
    group: str
    name: str
    phone: str
    recipient: str


_inside: dict[str, Insider] = {}


def keep_inside(nabij: Nabij, insider: Insider) -> None:
    """Let later stories go on with this person."""
    _inside[nabij.url] = insider


def insider(nabij: Nabij, log_in, visit) -> Insider:
    """Somebody inside, with a group and a moderator; made once for all stories of a run."""
    if nabij.url not in _inside:
        closed = closed_centre(nabij, log_in)
        renske = log_in("renske.duin")
        space = open_groups(renske, nabij, closed, "bereaved")
        announce_end(renske, space, LAST_DAY)
        page = register(nabij, visit, closed, BEREAVED, KAREL, phone="06-00000042")
        daan = log_in("daan.oort")
        open_asker(daan, closed, KAREL)
        daan.get_by_label("Hoe heet u?").check()
        daan.get_by_role("button", name="Gebeld: laat toe").click()
        come_back(nabij, page, "06-00000042", "+31600000042")
        accept_rules(page, closed)
        group = enter_group(page, closed, "Reiger")
        keep_inside(nabij, Insider(closed, space, group, KAREL, "06-00000042", "+31600000042"))
    return _inside[nabij.url]


def announce_end(renske: Page, space: str, day: str) -> None:
    """The coordinator says when the groups end."""
    renske.goto(f"/werk/groepen/{space}/stoppen/")
    renske.get_by_label("Laatste dag").fill(day)
    renske.get_by_role("button", name="Kondig aan").click()
    renske.wait_for_url(f"**/werk/groepen/{space}/")


def where_it_waits(nabij: Nabij, inside: Insider) -> dict[str, str]:
    """The pages of the post that tells of danger, of whom to phone, and of the registration at the door."""
    waiting = "SELECT post_id, member_id FROM peers_hold WHERE is_danger AND decided_at IS NULL LIMIT 1"
    [(post, member)] = nabij.rows(waiting)
    registered = "SELECT id FROM people_registration WHERE reference = %s"
    [(registration,)] = nabij.rows(registered, inside.closed.names[inside.name])
    return {
        "post": f"/werk/groepen/bericht/{post}/", "phone": f"/werk/besloten/groepen/bellen/{member}/",
        "asker": f"/werk/besloten/aanmelding/{registration}/",
    }  # fmt: skip


def open_asker(page: Page, closed: Closed, name: str, tab: str = "wacht") -> None:
    """At the door, somebody's own page."""
    page.goto(f"{closed.door}?wie={tab}")
    page.get_by_role("link", name=name).click()


def closed_centre(nabij: Nabij, log_in) -> Closed:
    """A live centre with a closed part and no groups yet; one that an earlier story left, or a new one."""
    found = nabij.rows(OF_A_CENTRE)
    if not found:
        _make_centre(nabij, log_in)
        found = nabij.rows(OF_A_CENTRE)
    return Closed(*(str(each) for each in found[0]))


def _make_centre(nabij: Nabij, log_in) -> None:
    nadia = log_in("nadia.vroom")
    ask_for_help(nadia, place="Flat De Wachter")
    nadia.goto(f"/werk/iac/opdracht/{newest_incident(nabij)}/")
    fill_commission(nadia, name="Brand in flat De Wachter", controller="Gemeente Amsterdam")
    order(nadia)
    nadia.wait_for_url(CENTRE)
    centre = path_of(nadia)
    write_message(log_in("lin.chen"), centre, "Er was brand.", "There was a fire.")
    owen = log_in("owen.baas")
    approve_all(owen, centre)
    go_live(owen, centre)


def register(nabij: Nabij, visit, closed: Closed, relation: str, name: str, **reached: str) -> Page:
    """Somebody registers and asks for the closed part; an adult. Gives their page."""
    page = open_form(visit, f"/iac/{closed.slug}/")
    page.get_by_label(relation).check()
    page.get_by_label("Uw naam").fill(name)
    for label, value in reached.items():
        page.get_by_label({"phone": "Telefoonnummer", "email": "E-mailadres"}[label]).fill(value)
    for details in page.locator("main form details:not([open]) > summary").all():
        details.click()
    page.locator("[name=age_group][value='18-64']").check()
    page.locator("[name=wants_closed_part]").check()
    press(page)
    reference = receipt(page)
    drained(nabij, reference)
    closed.names[name] = reference
    return page


def _codes(nabij: Nabij, recipient: str) -> list[str]:
    """The codes that this phone or mailbox received, the newest first."""
    found = (re.search(r"\b\d{6}\b", each["body"]) for each in nabij.messages_to(recipient))
    return [each.group() for each in found if each]


def come_back(nabij: Nabij, page: Page, address: str, recipient: str) -> Page:
    """Somebody logs in on their own pages with the code that they are sent now."""
    before = len(_codes(nabij, recipient))
    ask_code(page, address)
    wait_for(lambda: len(_codes(nabij, recipient)) > before, why="no code came")
    page.get_by_label("Code van zes cijfers").fill(_codes(nabij, recipient)[0])
    page.get_by_role("button", name="Verder").click()
    page.wait_for_url("**/mijn/")
    return page


def accept_rules(page: Page, closed: Closed) -> None:
    """The rules of the closed part come first."""
    page.goto(closed.first)
    page.wait_for_url("**/regels/")
    page.get_by_role("button", name="Ik houd mij hieraan").click()
    page.wait_for_url(f"**{closed.first}")


def enter_group(page: Page, closed: Closed, alias: str) -> str:
    """From the first page inside into the group of the own relation; gives its address."""
    page.goto(closed.first)
    page.get_by_role("link", name="Uw groep").click()
    page.wait_for_url("**/binnenkomen/")
    page.get_by_label("Onder welke naam schrijft u?").fill(alias)
    page.get_by_label("Ik houd mij aan de regels").check()
    page.get_by_label("Ik ben geen journalist en geen onderzoeker").check()
    page.get_by_role("button", name="Kom binnen").click()
    page.locator("h1", has_text="Uw groep").wait_for()
    return page.url


def write(page: Page, group: str, text: str, title: str = "Vandaag", subject: str = "everyday") -> str:
    """Begin a talk; gives its address."""
    page.goto(f"{group}beginnen/")
    page.get_by_label("Waar gaat het over, in een paar woorden?").fill(title)
    page.locator(f"[name=subject][value={subject}]").check()
    page.get_by_label("Uw bericht").fill(text)
    page.get_by_role("button", name="Verstuur").click()
    page.wait_for_url("**/gesprek/**")
    return page.url


def choose_colleague(page: Page, field: str, name: str) -> None:
    """Choose this colleague, who stands in the list with their role."""
    select = page.locator(f"[name={field}]")
    select.select_option(select.locator("option", has_text=name).get_attribute("value"))


def open_groups(renske: Page, nabij: Nabij, closed: Closed, *relations: str) -> str:
    """The coordinator opens a group for each relation; gives the id of the space."""
    for relation in relations:
        renske.goto("/werk/besloten/groepen/")
        renske.locator("[name=centre]").select_option(closed.centre)
        renske.locator(f"[name=relation][value={relation}]").check()
        choose_colleague(renske, "contact", "Renske Duin")
        renske.get_by_role("button", name="Open de groep").click()
    [(space,)] = nabij.rows("SELECT id FROM peers_space WHERE owner_id = %s", closed.centre)
    return str(space)


def watch(renske: Page, space: str, name: str, starts: str, ends: str) -> None:
    """A moderator is there from then till then."""
    renske.goto(f"/werk/groepen/{space}/diensten/")
    choose_colleague(renske, "membership", name)
    renske.get_by_label("Van", exact=True).fill(starts)
    renske.get_by_label("Tot", exact=True).fill(ends)
    renske.get_by_role("button", name="Zet erin").click()
    renske.locator("li.task", has_text=name).wait_for()
