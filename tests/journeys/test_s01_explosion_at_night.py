"""S01: an explosion in a residential street at night, from help asked to people on site."""

import json
import re

import pytest

from tests.journeys.conftest import wait_for

CLOCK = "2027-01-10"
pytestmark = pytest.mark.journey
IMKE, BRAM = "imke.tol@example.nl", "bram.kooistra@example.nl"


def fill_in_the_request(page, *, urgency="Dringend", place="Sporthal De Zilvermeeuw"):
    page.get_by_label(re.compile(urgency)).check()
    page.locator("select[name=topic]").select_option(label="Explosie")
    page.locator("select[name=municipalities]").select_option(label="Amsterdam")
    page.get_by_label("Stadsdeel of wijk").fill("Noord")
    page.get_by_label("Straat of plek").fill(place)
    page.get_by_label("Hoeveel mensen?").fill("38")
    page.get_by_label("Gewonden").fill("2")
    page.get_by_label("Woningen waar niemand kan blijven").fill("6")
    page.get_by_label("Kinderen").fill("7")
    page.get_by_label("opvang ter plaatse").check()
    page.get_by_label("Op welk nummer bellen wij terug?").fill("06-00000081")


def send(page):
    page.get_by_role("button", name="Vraag hulp").click()


def link_in(message):
    return re.search(r"(/p/[\w-]+/)", message["body"]).group(1)


def phone_of(nabij, name):
    """The made-up number of this member of staff, from the cards of the simulated phones."""
    cards = json.loads((nabij.stack.data / "gateway" / "names.json").read_text(encoding="utf-8"))
    return next(
        number for number, label in cards.items() if label.startswith(name) and number.startswith("+")
    )


def pages_to(nabij, name: str) -> list[dict[str, object]]:
    """Calls that this colleague can answer; reminders of duties come by the real clock, in any hour."""
    return [each for each in nabij.messages_to(phone_of(nabij, name)) if "/p/" in each["body"]]


def text_with_link(nabij, name):
    """The newest text message with a link; a call that followed after two minutes has none."""
    return next(iter(pages_to(nabij, name)), None)


def ask_at_night(nabij, log_in, look):
    """Nadia sees the right door and asks; gives her page, on which the answer stands."""
    nadia = log_in("nadia.vroom")
    door = nadia.locator(".door")
    assert "meldkamer" in door.inner_text()
    assert "buiten openingstijden" in door.inner_text()
    assert "Professional" not in nadia.locator("main").inner_text()
    look(nadia, "desk")
    nadia.get_by_role("link", name="Vraag hulp").first.click()
    look(nadia, "form")
    fill_in_the_request(nadia)
    nadia.locator("[name=happened_at]").fill("2027-01-10T03:10")
    nabij.clock("2027-01-10T03:31")
    send(nadia)
    nadia.wait_for_url(re.compile(r"/werk/hulp-vragen/[0-9a-f-]{36}/"))
    answer = nadia.locator("main").inner_text()
    assert len(nadia.locator(".reference").first.inner_text()) > 3
    assert "meldkamer" in answer
    assert "coördinator" in answer
    assert "Bram" not in answer
    look(nadia, "answer")
    return nadia


def accept_by_link(nabij, visit, name, *, look):
    """Whoever was paged says yes on the phone; a scanner that only opens the link accepts nothing."""
    message = wait_for(lambda: text_with_link(nabij, name), why=f"no text reached {name}")
    before = nabij.rows("SELECT count(*) FROM paging_ask WHERE answer = 'accepted'")
    page = visit(link_in(message))
    assert nabij.rows("SELECT count(*) FROM paging_ask WHERE answer = 'accepted'") == before
    page.get_by_role("button", name="Ik kom").click()
    wait_for(lambda: "U komt" in page.content())
    look(page, "accepted")


def arrive(nabij, log_in, look):
    """Imke on her way at 03:52; nobody goes in alone at night; with Youssef on site at 04:45."""
    imke = log_in("imke.tol")
    imke.goto("/werk/piket/")
    look(imke, "phone")
    nabij.clock("2027-01-10T03:52")
    imke.get_by_role("button", name="Ik ben onderweg").click()
    imke.get_by_role("button", name="45 minuten").click()
    assert "U bent er om 04:37" in imke.locator("main").inner_text()
    imke.get_by_role("button", name="Ik ben ter plaatse").click()
    assert "niet alleen naar binnen" in imke.locator("body").inner_text()
    youssef = log_in("youssef.amrani")
    youssef.goto("/werk/piket/")
    youssef.get_by_role("button", name="Ik ben onderweg").click()
    youssef.get_by_role("button", name="Ik ben ter plaatse").wait_for()
    nabij.clock("2027-01-10T04:45:20")
    imke.get_by_role("button", name="Ik ben ter plaatse").click()
    imke.get_by_role("button", name="Ik ben klaar").wait_for()
    return imke


def receive(imke, look):
    """In the sports hall: 22 people want to be called and agree, 9 do not, 7 are children (S01-4)."""
    imke.goto("/werk/piket/")
    imke.get_by_role("link", name="Mensen opvangen").click()
    imke.get_by_label("Waar is de opvang?").fill("Sporthal De Zilvermeeuw")
    imke.get_by_label("Voor hoeveel mensen is er plaats?").fill("200")
    imke.get_by_role("button", name="Open de opvang").click()
    for number in range(1, 23):
        imke.get_by_role("link", name="Nieuwe kaart").click()
        imke.get_by_label("Deze persoon zegt ja").check()
        imke.get_by_label("jaar of ouder").check()
        imke.get_by_label("Naam").fill(f"Gast {number}")
        imke.get_by_role("textbox", name="Telefoon").fill(f"06000003{number:02d}")
        imke.get_by_label("Wil gebeld worden").check()
        if number == 1:
            imke.get_by_label("Een slaapplek").check()
            look(imke, "card")
        imke.get_by_role("button", name="Bewaar de kaart").click()
    for name, times in (("wil niet op een kaart", 9), ("kind", 7)):
        for _each in range(times):
            imke.get_by_role("button", name=f"+1 {name}").click()
    imke.get_by_role("button", name="Een slaapplek").click()
    look(imke, "reception")
    imke.get_by_role("link", name="Verslag zonder namen").click()
    report = imke.locator("main").inner_text()
    for label, number in (
        ("met toestemming", 22),
        ("Wil gebeld worden", 22),
        ("Wilde niet", 9),
        ("Kinderen", 7),
    ):
        assert re.search(rf"{label}[^\d]*{number}\b", report), (label, report)
    assert "Gast" not in report
    look(imke, "report")


def report_all_right(nabij, imke, bram, incident, look):
    """05:46: Imke did not report for an hour; she is asked, and says with one tap that she is all right."""
    nabij.clock("2027-01-10T05:46")
    wait_for(
        lambda: any("in orde" in str(each) for each in nabij.messages_to(phone_of(nabij, "Imke Tol"))),
        seconds=90,  # looked at each minute, by the clock on the wall
        why="nobody asked whether Imke is all right",
    )
    bram.goto(f"/werk/piket/{incident}/")
    assert "Meldt zich niet sinds 05:45" in bram.locator("main").inner_text()
    look(bram, "board")
    imke.goto("/werk/piket/")
    look(imke, "check")
    imke.get_by_role("button", name="Ja, ik ben in orde").click()
    imke.goto("/werk/piket/")
    assert "Meld u vóór 06:46" in imke.locator("main").inner_text()


def a_case_for_each_yes_and_for_nobody_else(nabij, incident):
    """S01-7: each wish with its text of consent is a case, called on Monday; of who refused, nothing."""
    of_night = "FROM cases_case WHERE incident_id = %s AND way_in = 'reception' AND consent_version <> ''"
    counted = f"SELECT count(*) {of_night}"
    wait_for(lambda: nabij.rows(counted, incident) == [(22,)], seconds=90, why="wishes became no cases")
    due = nabij.rows(f"SELECT DISTINCT next_due_at AT TIME ZONE 'Europe/Amsterdam' {of_night}", incident)
    assert [moment.isoformat() for (moment,) in due] == ["2027-01-11T17:00:00"]


def local_dues(nabij, incident, step):
    """When a step of the aftercare is due, on the clock of Amsterdam."""
    rows = nabij.rows(
        "SELECT due_at AT TIME ZONE 'Europe/Amsterdam' FROM aftercare_runstep s JOIN aftercare_run r"
        " ON r.id = s.run_id WHERE r.incident_id = %s AND step_id = %s ORDER BY 1",
        incident, step,
    )  # fmt: skip
    return [moment.strftime("%a %d %b %H:%M") for (moment,) in rows]


def aftercare_by_protocol(nabij, nadia, incident, look):
    """S01-3, 5, 9: the protocol began by itself; windows, working days, one contact person a household."""
    steps = (
        "SELECT count(DISTINCT step_id) FROM aftercare_runstep s JOIN aftercare_run r ON r.id = s.run_id"
        " WHERE r.incident_id = %s AND r.code = 'P-EXP'"
    )
    wait_for(lambda: nabij.rows(steps, incident) == [(27,)], why="P-EXP did not begin")
    assert local_dues(nabij, incident, "EXP-04") == ["Sun 10 Jan 04:40"]
    assert local_dues(nabij, incident, "EXP-17") == ["Sun 10 Jan 21:00"], "the night moves it back"
    assert local_dues(nabij, incident, "EXP-06") == ["Sun 10 Jan 07:10"]
    assert [due[:10] for due in local_dues(nabij, incident, "EXP-21")] == ["Mon 18 Jan"]
    assert [due[:10] for due in local_dues(nabij, incident, "EXP-22")] == ["Mon 15 Feb"]
    nadia.goto(f"/werk/gebeurtenissen/{incident}/")
    nadia.locator(".panel", has_text="Nazorg").get_by_role("link", name="Wat nu").first.click()
    look(nadia, "aftercare-now")
    nadia.get_by_role("link", name="Alle stappen").click()
    look(nadia, "aftercare-board")
    nadia.get_by_role("link", name="Contactpersonen", exact=True).click()
    for number in range(1, 7):
        nadia.get_by_label("Huishouden").fill(f"huishouden {number}")
        nadia.get_by_label("Contactpersoon van de gemeente").select_option(index=1)
        nadia.get_by_role("button", name="Wijs deze contactpersoon aan").click()
    page = nadia.locator("main").inner_text()
    assert page.count("huishouden ") >= 6
    assert "heeft nog geen contactpersoon" not in page
    assert "hebben nog geen contactpersoon" not in page
    look(nadia, "households")


def test_the_first_night(nabij, visit, log_in, look):
    """03:31 asked, 03:38 accepted (7 minutes), 03:52 on the way, 04:45 on site (74 minutes)."""
    nabij.clock("2027-01-10T03:31")
    nadia = ask_at_night(nabij, log_in, look)
    wait_for(lambda: pages_to(nabij, "Bram Kooistra"), why="the coordinator was not paged")
    assert pages_to(nabij, "Sofie Akkerman") == []
    nabij.clock("2027-01-10T03:38:20")
    accept_by_link(nabij, visit, "Bram Kooistra", look=look)
    wait_for(lambda: "03:38" in nadia.locator("main").inner_text(), why="the asker's page is not live")

    bram = log_in("bram.kooistra", desk=True)
    incident = nabij.rows("SELECT id FROM incidents_incident ORDER BY reported_at DESC LIMIT 1")[0][0]
    bram.goto(f"/werk/piket/{incident}/")
    bram.get_by_role("button", name="Roep medewerkers op").click()
    look(bram, "lead")
    accept_by_link(nabij, visit, "Imke Tol", look=look)
    accept_by_link(nabij, visit, "Youssef Amrani", look=look)
    imke = arrive(nabij, log_in, look)

    receive(imke, look)
    wishes = "SELECT count(*) FROM people_contactwish WHERE incident_id = %s AND source = 'reception'"
    assert nabij.rows(wishes, incident) == [(22,)]
    a_case_for_each_yes_and_for_nobody_else(nabij, incident)

    nadia.goto(f"/werk/gebeurtenissen/{incident}/")
    hall = nadia.locator(".panel", has_text="Opvang").last.inner_text()
    assert re.search(r"Op een kaart[^\d]*22\b", hall)
    assert "minder dan 10" in hall
    room = nadia.locator("main").inner_text()
    assert re.search(r"\b7\b", nadia.locator(".clocks").inner_text())
    assert re.search(r"\b74\b", room)
    assert "38" in room
    assert "Imke" not in room
    assert "Gast" not in room
    assert "Bram" not in room
    look(nadia, "room")
    bram.goto(f"/werk/gebeurtenissen/{incident}/")
    assert "Imke Tol" in bram.locator("main").inner_text()
    look(bram, "room")
    report_all_right(nabij, imke, bram, incident, look)
    aftercare_by_protocol(nabij, nadia, incident, look)


def test_a_second_incident_in_the_same_street_shows_repeat(nabij, log_in, look):
    """S01-12: 3 February 2027, the same street again."""
    nabij.clock("2027-02-03T02:10")
    nadia = log_in("nadia.vroom")
    nadia.goto("/werk/hulp-vragen/")
    fill_in_the_request(nadia)
    send(nadia)
    nadia.wait_for_url(re.compile(r"/werk/hulp-vragen/[0-9a-f-]{36}/"))
    nadia.get_by_role("link", name="Naar de gebeurtenis").click()
    assert "erhaling" in nadia.locator("main").inner_text()
    look(nadia, "repeat")
    incident = nadia.url.rstrip("/").rpartition("/")[2]
    same = (
        "SELECT count(*) FROM aftercare_householdcontact h JOIN aftercare_run r ON r.id = h.run_id"
        " WHERE r.incident_id = %s"
    )
    wait_for(
        lambda: nabij.rows(same, incident) == [(6,)], why="the contact persons of the first time are gone"
    )
    nadia.goto(f"/werk/gebeurtenissen/{incident}/")
    nadia.locator(".panel", has_text="Nazorg").get_by_role("link", name="Alle stappen").first.click()
    assert "De contactpersonen van toen staan er al" in nadia.locator("main").inner_text()
