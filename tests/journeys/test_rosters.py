"""The planner has a month made, and a worker swaps a duty of it with a colleague."""

import re

import pytest
import requests

from tests.journeys.conftest import wait_for
from tests.journeys.test_accessibility import violations

CLOCK = "2027-05-19T14:00"
MONDAY, TEAM = "2027-08-02", "Noordwest"
pytestmark = pytest.mark.journey


def make_month(olaf, look):
    """From the gaps to a proposal of four weeks: asked, followed until it is ready, one place fixed."""
    olaf.get_by_role("link", name="Rooster laten maken").click()
    olaf.get_by_label("Eerste dag").fill("2027-08-03")
    olaf.get_by_label("Hoeveel weken?").fill("4")
    olaf.get_by_label("Hoe lang mag de computer rekenen?").select_option(label="30 seconden")
    olaf.get_by_role("button", name="Maak een voorstel").click()
    assert "Dit is geen maandag" in olaf.locator("main").inner_text()
    olaf.get_by_label("Eerste dag").fill(MONDAY)
    olaf.get_by_role("button", name="Maak een voorstel").click()
    olaf.get_by_role("heading", name="De computer zoekt een rooster").wait_for()
    look(olaf, "running")
    assert violations(olaf) == []
    olaf.get_by_role("button", name="Zet in het rooster").wait_for(timeout=90_000)
    look(olaf, "proposal")
    assert violations(olaf) == []


def fix_one(olaf, look):
    """Somebody else on a worker's place: who may is offered, who may not stands below with the reason."""
    olaf.locator(".month__places a", has_text="piketmedewerker").first.click()
    olaf.get_by_text("Wie hier niet kan, en waarom").click()
    look(olaf, "place")
    assert violations(olaf) == []
    choice = olaf.get_by_label("Wie zet u hier vast?")
    choice.select_option(index=choice.locator("option").count() - 1)
    olaf.get_by_role("button", name="Zet vast").click()
    olaf.get_by_text("Deze plek staat vast").wait_for()


def test_a_planner_makes_a_month(nabij, log_in, look):
    nabij.clock(CLOCK)
    olaf = log_in("olaf.kruit", desk=True)
    olaf.get_by_role("link", name="Naar het rooster").click()
    assert "Gaten in de komende 30 dagen" in olaf.locator("main").inner_text()
    look(olaf, "month")
    olaf.get_by_role("link", name="Bezetting").click()
    look(olaf, "demand")
    olaf.go_back()
    make_month(olaf, look)
    assert "Lege plekken, en waarom" in olaf.locator("main").inner_text()
    fix_one(olaf, look)
    olaf.get_by_role("button", name="Zet in het rooster").click()
    olaf.get_by_text("Het rooster staat klaar").wait_for()
    planned, of_lapsed = nabij.rows(
        "SELECT count(*), count(*) FILTER (WHERE c.id IS NULL) FROM rosters_duty d"
        " JOIN accounts_membership m ON m.id = d.membership_id"
        " LEFT JOIN LATERAL (SELECT id FROM academy_certificate c WHERE c.user_id = m.user_id"
        "   AND c.module = 'PIKET' AND c.last_valid_on >= d.starts_at::date LIMIT 1) c ON true"
        " WHERE d.starts_at >= %s AND d.seat = 'worker'",
        MONDAY,
    )[0]
    assert planned >= 60
    assert of_lapsed == 0
    olaf.goto(f"/werk/rooster/maand/?week={MONDAY}")
    look(olaf, "after")
    olaf.get_by_role("link", name="Verdeling").click()
    look(olaf, "fairness")


def two_workers(nabij):
    """A duty of the new month, its holder, and a colleague who may take it."""
    duty, name, mail = nabij.rows(
        "SELECT d.id, u.name, u.email"
        " FROM rosters_duty d JOIN accounts_membership m ON m.id = d.membership_id"
        " JOIN accounts_user u ON u.id = m.user_id JOIN accounts_team t ON t.id = d.team_id"
        " WHERE d.seat = 'worker' AND d.starts_at >= %s AND t.name = %s ORDER BY d.starts_at LIMIT 1",
        MONDAY,
        TEAM,
    )[0]
    return duty, name, mail.split("@")[0]


def test_a_worker_swaps(nabij, log_in, look):
    duty, _name, login = two_workers(nabij)
    holder = log_in(login)
    holder.goto("/werk/rooster/mijn/")
    look(holder, "mine")
    holder.get_by_role("button", name="Ik ben er").first.click()
    assert "Bevestigd" in holder.locator("main").inner_text()
    holder.goto(f"/werk/rooster/{duty}/ruilen/")
    look(holder, "ask")
    assert violations(holder) == []
    colleague = holder.locator(".panel__body li").first.inner_text().split("\n")[0].strip()
    holder.get_by_role("button", name="Vraag deze collega's").click()
    holder.get_by_text("Uw collega's krijgen de vraag").wait_for()
    mail = nabij.rows("SELECT email FROM accounts_user WHERE name = %s", colleague)[0][0]
    taker = log_in(mail.split("@")[0])
    taker.goto("/werk/rooster/mijn/")
    look(taker, "asked")
    taker.locator(".panel", has_text="Collega's vragen u").get_by_role("link", name="Bekijk").first.click()
    look(taker, "swap")
    assert violations(taker) == []
    taker.get_by_role("button", name="Ik neem deze dienst over").click()
    taker.get_by_text("De teamleider keurt de ruil nog goed").wait_for()
    olaf = log_in("olaf.kruit", desk=True)
    olaf.goto("/werk/rooster/maand/")
    olaf.locator(".panel", has_text="Ruilen").get_by_role("link", name="Bekijk").first.click()
    olaf.get_by_role("button", name="Goedkeuren", exact=True).click()
    olaf.get_by_text("Uw besluit is bewaard").wait_for()
    now = nabij.rows(
        "SELECT u.name FROM rosters_duty d JOIN accounts_membership m ON m.id = d.membership_id"
        " JOIN accounts_user u ON u.id = m.user_id WHERE d.id = %s",
        duty,
    )[0][0]
    assert now == colleague
    in_the_calendar(nabij, taker, look)


def in_the_calendar(nabij, taker, look):
    """The duty stands in the calendar that a phone reads, until the link is revoked."""
    taker.goto("/werk/rooster/mijn/")
    taker.get_by_role("link", name="In mijn agenda").click()
    taker.get_by_role("button", name="Link voor mijn agenda").click()
    look(taker, "feed")
    assert violations(taker) == []
    secret = re.search(r"/werk/agenda/[\w-]+\.ics", taker.locator("#agendalink").inner_text()).group()
    text = requests.get(f"{nabij.url}{secret}", timeout=5).text
    assert "DTSTART;TZID=Europe/Amsterdam:20270802T" in text
    taker.get_by_role("button", name="Trek in").click()
    wait_for(lambda: requests.get(f"{nabij.url}{secret}", timeout=5).status_code == 404)
