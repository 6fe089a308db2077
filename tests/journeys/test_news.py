"""One published version feeds the page, the sheet on paper, the mail and the telephone script (SVC-27)."""

import re
import time
from uuid import uuid4

import pypdfium2
import pytest
import requests

from tests.journeys.centres import (
    CENTRE,
    approve_all,
    fill_commission,
    go_live,
    order,
    path_of,
    public,
    readable,
    site_of,
    write_message,
)
from tests.journeys.conftest import wait_for
from tests.journeys.living import ask_for_help, newest_incident

CLOCK = "2027-05-19T10:40"
pytestmark = pytest.mark.journey
NEWS = "De opvang in het wijkhuis is open."
MAILBOX = "nieuwslezer@example.nl"
READER = "buurman@example.nl"


def live_centre(nabij, log_in, lin, owen):
    """The page of the newest centre that is live; on its own this story makes one."""
    newest = "SELECT id FROM centres_advicecentre WHERE status = 'live' ORDER BY live_at DESC LIMIT 1"
    if found := nabij.rows(newest):
        return f"/werk/iac/{found[0][0]}/"
    nadia = log_in("nadia.vroom")
    ask_for_help(nadia, place="Winkelcentrum De Gaarde")
    nadia.goto(f"/werk/iac/opdracht/{newest_incident(nabij)}/")
    fill_commission(nadia, name="Explosie bij De Gaarde", controller="Gemeente Amsterdam")
    order(nadia)
    nadia.wait_for_url(CENTRE)
    centre = path_of(nadia)
    write_message(lin, centre, "Er was een explosie.", "There was an explosion.")
    approve_all(owen, centre)
    go_live(owen, centre)
    return centre


def register_for_news(nabij, centre):
    """Somebody asks for the news with the form of the centre."""
    incident = nabij.rows(
        "SELECT incident_id FROM centres_advicecentre WHERE id = %s", centre.strip("/").split("/")[-1]
    )[0][0]
    told = {
        "form_key": uuid4().hex, "relation": "resident", "name": "Nienke Lezer", "email": MAILBOX,
        "wants_newsletter": "on",
    }  # fmt: skip
    answer = requests.post(
        f"{nabij.url}/aanmelden/{incident}/", told, headers={"Sec-Fetch-Site": "same-origin"}, timeout=5
    )
    assert answer.ok
    wanting = "SELECT count(*) FROM people_registration WHERE incident_id = %s AND wants_newsletter"
    wait_for(lambda: nabij.rows(wanting, incident)[0][0] >= 1, why="it was not drained")


def ask_for_news(nabij, visit, site, look):
    """Somebody gives an address and nothing else, and confirms it with the link of the one mail."""
    asking = visit(site)
    asking.get_by_role("link", name="Vraag het nieuws per e-mail").click()
    look(asking, "ask")
    asking.get_by_label("E-mailadres").fill("geen adres")
    asking.get_by_role("button", name="Stuur mij het nieuws").click()
    assert "Dit is geen e-mailadres" in asking.locator("main").inner_text()
    look(asking, "ask-wrong")
    asking.get_by_label("E-mailadres").fill(READER)
    asking.get_by_role("button", name="Stuur mij het nieuws").click()
    asking.get_by_role("status").wait_for()
    look(asking, "asked")
    mail = wait_for(lambda: nabij.messages_to(READER), seconds=30, why="no link in the mailbox")[0]
    asking.goto(re.search(r"/nieuws/bevestigen/[\w-]+/", mail["body"]).group())
    look(asking, "confirm")
    asking.get_by_role("button", name="Ja, stuur mij het nieuws").click()
    asking.get_by_role("status").wait_for()
    look(asking, "confirmed")


def news_to(nabij, mailbox):
    """The news in this mailbox, the newest first; the mail with the link is none."""
    return [mail for mail in nabij.messages_to(mailbox) if "/nieuws/stoppen/" in mail["body"]]


def stop_the_news(visit, mail, look, name):
    """One button in the page behind the link ends it."""
    stopping = visit(re.search(r"/nieuws/stoppen/[\w-]+/", mail["body"]).group())
    look(stopping, name)
    stopping.get_by_role("button", name="Stuur mij geen nieuws meer").click()
    stopping.get_by_role("status").wait_for()
    assert "geen nieuws meer" in stopping.locator("main").inner_text()


def decide_a_place(nabij, owen, centre, site, look):
    """The chief editor opens a desk in a building: it stands on page and paper within two seconds."""
    owen.goto(f"{centre}plek/")
    owen.get_by_label("online en op een plek").check()
    owen.locator("[name=name]").fill("Wijkhuis De Meent")
    owen.get_by_label("Adres van het gebouw").fill("Dorpsstraat 1")
    for day in ("maandag", "dinsdag"):
        owen.get_by_label(day).check()
    owen.get_by_label("Open vanaf").fill("09:00")
    owen.get_by_label("Open tot").fill("17:00")
    owen.get_by_label("Nederlands", exact=True).check()
    owen.get_by_label("Waarom?").fill("Veel mensen vragen waar zij heen kunnen.")
    look(owen, "place")
    owen.get_by_role("button", name="Besluit").click()
    since = time.monotonic()
    readable(nabij, site, "Wijkhuis De Meent", since)
    readable(nabij, f"{site}print/", "ma–di 09:00–17:00", since)


def test_one_version_for_page_paper_mail_and_telephone(nabij, visit, log_in, look):
    """Written and approved once; who asked for news gets the same words, and stops in one step."""
    nabij.clock(CLOCK)
    lin, owen = log_in("lin.chen"), log_in("owen.baas", desk=True)
    centre = live_centre(nabij, log_in, lin, owen)
    site = site_of(nabij, centre)
    register_for_news(nabij, centre)
    ask_for_news(nabij, visit, site, look)
    write_message(lin, centre, NEWS, is_for_all=True)
    approve_all(owen, centre)
    since = time.monotonic()
    readable(nabij, site, NEWS, since)
    readable(nabij, f"{site}print/", NEWS, since)
    mail = wait_for(lambda: nabij.messages_to(MAILBOX), seconds=30, why="no news in the mailbox")[0]
    assert NEWS in mail["body"]
    beside = wait_for(lambda: news_to(nabij, READER), seconds=30, why="no news for who did not register")[0]
    assert NEWS in beside["body"]
    assert any(line.endswith(site) for line in mail["body"].splitlines())
    owen.goto(f"{centre}telefoon/nl/")
    assert NEWS in owen.locator("main").inner_text()
    decide_a_place(nabij, owen, centre, site, look)
    paper = visit(f"{site}print/")
    assert len(pypdfium2.PdfDocument(paper.pdf(prefer_css_page_size=True))) == 1, "one sheet of A4"
    look(paper, "paper")
    owen.goto(f"{centre}nieuwsmail/")
    assert "verstuurd" in owen.locator("main").inner_text()
    look(owen, "news")
    stop_the_news(visit, mail, look, "stop")
    stop_the_news(visit, beside, look, "stop-reader")
    write_message(lin, centre, "Het wijkhuis is morgen dicht.", is_for_all=True)
    approve_all(owen, centre)
    wait_for(lambda: "morgen dicht" in public(nabij, site), why="it is not public")
    time.sleep(1)
    for mailbox in (MAILBOX, READER):
        assert not [each for each in nabij.messages_to(mailbox) if "morgen dicht" in each["body"]]
