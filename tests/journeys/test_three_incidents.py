"""Three incidents in one night: one coordinator leads them all, and nobody is sent to two places."""

import re

import pytest

from tests.journeys.conftest import wait_for
from tests.journeys.living import ask_for_help, newest_incident

CLOCK = "2027-05-18T23:10"
PLACES = ("Havenstraat", "Molenweg", "Stationsplein")
pytestmark = pytest.mark.journey


def open_asks(nabij, incident):
    """Who is asked for this incident and did not answer yet: the ask, and how they log in."""
    rows = nabij.rows(
        "SELECT a.id, u.email FROM paging_ask a JOIN paging_page p ON p.id = a.page_id"
        " JOIN accounts_membership m ON m.id = a.membership_id JOIN accounts_user u ON u.id = m.user_id"
        " WHERE p.thread_id = %s AND a.answer = 'open' AND p.state = 'open' ORDER BY a.asked_at, u.email",
        incident,
    )
    return [(str(ask), mail.split("@")[0]) for ask, mail in rows]


def say_yes(log_in, page, ask):
    """The one tap of somebody who is called."""
    page.goto(f"/werk/oproepen/{ask}/")
    page.get_by_role("button", name="Ik kom").click()
    page.get_by_text("Uw antwoord is binnen").wait_for()


def send_one(nabij, log_in, bram, incident, place, look):
    """The coordinator calls one worker, who says yes on a phone and sets off; gives who that is."""
    bram.goto(f"/werk/piket/{incident}/")
    bram.get_by_label(re.compile("Hoeveel")).first.fill("1")
    bram.get_by_role("button", name="Roep medewerkers op").click()
    ask, login = wait_for(lambda: open_asks(nabij, incident), seconds=30)[0]
    worker = log_in(login)
    say_yes(log_in, worker, ask)
    set_off_without_signal(nabij, worker, incident, place, look)
    return login


def set_off_without_signal(nabij, worker, incident, place, look):
    """On the way where there is no signal: the tap is kept, the next one is there, and both come in later."""
    worker.goto("/werk/piket/")
    here = worker.locator("article.card", has_text=place)
    worker.context.set_offline(True)
    here.get_by_role("button", name="Ik ben onderweg").click()
    here.get_by_text("Geen bereik. Bewaard: Ik ben onderweg").wait_for()
    here.get_by_role("button", name="Ik ben ter plaatse").wait_for()
    look(worker, "no-signal")
    worker.context.set_offline(False)

    def state():
        return nabij.rows(
            "SELECT d.state FROM on_call_deployment d WHERE d.incident_id = %s AND d.kind = 'workers'",
            incident,
        )[0][0]

    wait_for(lambda: state() == "on_the_way", seconds=20, why="the kept tap did not come in")


def test_one_coordinator_leads_three_incidents_in_one_night(nabij, log_in, look):
    nabij.clock(CLOCK)
    nadia, bram = log_in("nadia.vroom"), log_in("bram.kooistra", desk=True)
    incidents = []
    for place in PLACES:
        ask_for_help(nadia, place=place)
        incidents.append(newest_incident(nabij))
    assert len(set(incidents)) == 3
    for incident in incidents:
        asked = wait_for(lambda incident=incident: open_asks(nabij, incident), seconds=30)
        say_yes(log_in, bram, next(ask for ask, login in asked if login == "bram.kooistra"))
    sent = [
        send_one(nabij, log_in, bram, incident, place, look)
        for incident, place in zip(incidents, PLACES, strict=True)
    ]
    assert len(set(sent)) == 3, "somebody was sent to two places"
    bram.goto("/werk/")
    board = bram.locator("main").inner_text()
    assert all(place in board for place in PLACES), "every incident stands on the desk"
    look(bram, "desk")
    for incident, place, login in zip(incidents, PLACES, sent, strict=True):
        bram.goto(f"/werk/piket/{incident}/")
        shown = bram.locator("main").inner_text()
        name = nabij.rows("SELECT name FROM accounts_user WHERE email LIKE %s", f"{login}@%")[0][0]
        assert place in shown
        assert name in shown
        others = [other for other in PLACES if other != place]
        assert not any(other in shown for other in others)
    look(bram, "lead")
    nadia.goto(f"/werk/gebeurtenissen/{incidents[2]}/")
    assert "Stationsplein" in nadia.locator("main").inner_text()
    assert name not in nadia.locator("main").inner_text(), "the asker reads no names of volunteers"


def test_a_colleague_is_called_after_a_heavy_night(nabij, log_in, look):
    """Who is done after an explosion is called within a day; what was said stays between the two."""
    bram = log_in("bram.kooistra")
    bram.goto("/werk/piket/")
    bram.get_by_role("button", name="Klaar, ik hoef niet te gaan").first.click()
    wait_for(lambda: bram.goto("/werk/zorg/") and bram.get_by_text("U wordt gebeld").count(), seconds=30)
    assert not bram.get_by_role("button", name="Gesproken").count(), "nobody calls themselves"
    look(bram, "care-own")
    olaf = log_in("olaf.kruit")
    olaf.goto("/werk/zorg/")
    first = olaf.locator("li.task", has_text="Bram Kooistra").filter(has_text="binnen een dag").last
    before = olaf.locator("li.task", has_text="Bram Kooistra").count()
    look(olaf, "care")
    first.get_by_role("button", name="Gesproken, met vervolg").click()
    olaf.get_by_text("Wat u besprak, blijft tussen u.").wait_for()
    assert olaf.locator("li.task", has_text="Bram Kooistra").count() == before - 1
    kept = nabij.rows(
        "SELECT wants_follow_up FROM care_carecontact WHERE done_at IS NOT NULL ORDER BY done_at DESC LIMIT 1"
    )
    assert kept == [(True,)]
    for other in ("imke.tol", "bart.nijhof"):
        page = log_in(other)
        page.goto("/werk/zorg/")
        assert not page.locator("li.task", has_text="Bram Kooistra").count()
