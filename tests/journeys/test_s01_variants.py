"""S01 told otherwise: in office hours, nobody answers, without a login, asked twice, by keyboard."""

import re

import pytest

from nabij.demo.world import world
from tests.journeys.conftest import wait_for
from tests.journeys.test_s01_explosion_at_night import fill_in_the_request, phone_of, send

CLOCK = "2027-02-09"
pytestmark = pytest.mark.journey
ANSWER = re.compile(r"/werk/hulp-vragen/[0-9a-f-]{36}/")


def ask(page, place, **facts):
    """Fill in and send the form, and say yes to a new incident when others nearby are offered."""
    page.goto("/werk/hulp-vragen/")
    fill_in_the_request(page, place=place, **facts)
    send(page)
    offered = page.get_by_label("Nee, dit is een andere gebeurtenis")
    if offered.count():
        offered.check()
        send(page)
    page.wait_for_url(ANSWER)


def newest_incident(nabij):
    return nabij.rows("SELECT id FROM incidents_incident ORDER BY reported_at DESC LIMIT 1")[0][0]


def texts_to(nabij, name):
    """The text messages about the newest incident that this member of staff received."""
    reference = nabij.rows("SELECT reference FROM incidents_incident ORDER BY reported_at DESC LIMIT 1")[0][0]
    bodies = [message["body"] for message in nabij.messages_to(phone_of(nabij, name))]
    return [body for body in bodies if reference in body]


def test_on_a_tuesday_afternoon_the_advice_line_is_the_door(nabij, visit, log_in, look):
    """Variant a: 14:10, CHN-01 with the option Professional; urgent help reaches the desk, which can page."""
    nabij.clock("2027-02-09T14:10")
    nadia = log_in("nadia.vroom")
    door = nadia.locator(".door").first.inner_text()
    assert "Advieslijn" in door
    assert "Professional" in door
    assert "meldkamer" not in door
    look(nadia, "desk")
    public = visit("/bellen/nu/?wie=gemeente&haast=spoed")
    assert "Professional" in public.locator(".door").first.inner_text()
    look(public, "public")
    ask(nadia, "Buurthuis De Meerkoet")
    answer = nadia.locator("main").inner_text()
    assert "Advieslijn" in answer
    assert "uiterlijk" in answer, "the asker hears when to expect a call"
    look(nadia, "answer")
    assert texts_to(nabij, "Bram Kooistra") == [], "in office hours the desk decides who is paged"
    noor = log_in("noor.wessels", desk=True)
    row = noor.locator("li.task", has_text="dringend").filter(has_text="Gemeente Amsterdam").last
    look(noor, "waiting")
    row.get_by_role("button", name="Roep het piket op").click()
    wait_for(lambda: texts_to(nabij, "Bram Kooistra"), why="the desk paged, and nobody was reached")


def test_a_silent_coordinator_is_followed_by_the_second_and_the_national_one(nabij, log_in, look):
    """Variant b: the second coordinator at 10 minutes, the national one at 20; the asker sees it."""
    nabij.clock("2027-02-13T03:31")
    nadia = log_in("nadia.vroom")
    ask(nadia, "Kade 4")
    wait_for(lambda: texts_to(nabij, "Bram Kooistra"), why="the coordinator was not paged")
    nabij.clock("2027-02-13T03:40:30")
    assert (texts_to(nabij, "Sofie Akkerman"), texts_to(nabij, "Bart Nijhof")) == ([], []), (
        "not before ten minutes"
    )
    nabij.clock("2027-02-13T03:41:05")
    wait_for(
        lambda: texts_to(nabij, "Sofie Akkerman"), why="the second coordinator was not paged at ten minutes"
    )
    assert texts_to(nabij, "Bart Nijhof") == []
    nabij.clock("2027-02-13T03:50:30")
    assert texts_to(nabij, "Bart Nijhof") == [], "not before twenty minutes"
    nabij.clock("2027-02-13T03:51:05")
    wait_for(
        lambda: texts_to(nabij, "Bart Nijhof"), why="the national coordinator was not paged at twenty minutes"
    )
    assert "Nog niet aangenomen" in nadia.locator("main").inner_text()
    look(nadia, "silent")


def test_without_a_login_the_request_stands_and_is_called_back_first(nabij, visit, log_in, look):
    """The login was lost at 03:10: the form works, the coordinator reads that it is not verified."""
    nabij.clock("2027-02-14T03:31")
    public = visit("/hulp-vragen/")
    look(public, "form")
    fill_in_the_request(public, place="Molenpad 3")
    public.locator("[name=asker]").fill("Nadia Vroom")
    public.locator("select[name=caller_kind]").select_option(value="municipality")
    send(public)
    public.get_by_text("Nog niet geverifieerd").wait_for()
    assert "De coördinator belt u eerst terug" in public.locator("main").inner_text()
    look(public, "answer")
    wait_for(lambda: texts_to(nabij, "Bram Kooistra"), why="the coordinator was not paged")
    assert "Bel eerst terug" in texts_to(nabij, "Bram Kooistra")[0]
    bram = log_in("bram.kooistra", desk=True)
    bram.goto(f"/werk/gebeurtenissen/{newest_incident(nabij)}/")
    assert "bel eerst terug" in bram.locator("main").inner_text()
    assert "06 00000081" in bram.locator("main").inner_text()
    look(bram, "room")


def test_a_second_request_for_the_same_event_joins_it_and_is_merged_and_taken_back(nabij, log_in, look):
    """The control room asks twenty minutes later, chooses the open incident, and Bram puts them together."""
    nabij.clock("2027-02-16T03:31")
    nadia = log_in("nadia.vroom")
    ask(nadia, "Ringdijk 8")
    incident = newest_incident(nabij)
    nabij.clock("2027-02-16T03:51")
    ravi = log_in("ravi.postma")
    ravi.goto("/werk/hulp-vragen/")
    fill_in_the_request(ravi, place="Ringdijk 8")
    send(ravi)
    assert "Hoort dit bij een gebeurtenis die wij al kennen?" in ravi.locator("main").inner_text()
    look(ravi, "offered")
    ravi.locator(f"input[name=add_to][value='{incident}']").check()
    send(ravi)
    ravi.wait_for_url(ANSWER)
    count = "SELECT count(*) FROM incidents_helprequest WHERE incident_id = %s"
    assert nabij.rows(count, incident) == [(2,)]
    bram = log_in("bram.kooistra", desk=True)
    bram.goto(f"/werk/gebeurtenissen/{incident}/")
    bram.get_by_role("link", name="Samenvoegen").last.click()
    look(bram, "merge")
    bram.get_by_role("radio").first.check()
    bram.locator("main form button[type=submit]").click()
    assert "samengevoegd" in bram.locator("main").inner_text()
    bram.get_by_role("button", name="Samenvoegen terugdraaien").click()
    assert bram.get_by_role("button", name="Samenvoegen terugdraaien").count() == 0
    assert nabij.rows(f"{count} AND merged_into_id IS NULL", incident) == [(2,)]


def press_until(page, locator, *, most=120):
    """Tab on until the focus is here, as somebody without a mouse does; fails when it never comes."""
    for _ in range(most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("this is out of reach for a keyboard")


def test_the_whole_request_by_keyboard_alone(nabij, visit, look):
    """Log in, fill in, send and read the answer with Tab, Space, Enter and the arrows."""
    nabij.clock("2027-02-18T03:31")
    page = visit("/inloggen/login/", desk=True)
    for label, typed in (("E-mailadres", "nadia.vroom@example.nl"), ("Wachtwoord", world()["password"])):
        press_until(page, page.get_by_label(label))
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/werk/")
    link = page.get_by_role("link", name="Vraag hulp").first
    press_until(page, link)
    assert link.evaluate("element => getComputedStyle(element).outlineStyle") != "none", "focus is visible"
    page.keyboard.press("Enter")
    page.wait_for_url("**/werk/hulp-vragen/")
    press_until(page, page.locator("select[name=topic]"))
    page.keyboard.type("Explosie")
    urgency = page.get_by_label(re.compile("Dringend"))
    press_until(page, page.locator("input[name=urgency]").first)
    while not urgency.is_checked():
        page.keyboard.press("ArrowDown")
    for box in (page.get_by_label("opvang ter plaatse"),):
        press_until(page, box)
        page.keyboard.press("Space")
    press_until(page, page.get_by_label("Op welk nummer bellen wij terug?"))
    page.keyboard.type("06-00000081")
    press_until(page, page.get_by_role("button", name="Vraag hulp"))
    look(page, "filled")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    if page.get_by_label("Nee, dit is een andere gebeurtenis").count():
        press_until(page, page.locator("input[name=add_to]").first)
        while not page.get_by_label("Nee, dit is een andere gebeurtenis").is_checked():
            page.keyboard.press("ArrowDown")
        press_until(page, page.get_by_role("button", name="Vraag hulp"))
        page.keyboard.press("Enter")
    page.wait_for_url(ANSWER)
    assert len(page.locator(".reference").first.inner_text()) > 3
