"""S01: an explosion in a residential street at night, from help asked to people on site."""

import json
import re

import pytest

from tests.journeys import street
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


SUNDAY = ["talked"] * 51 + ["nobody"] * 27 + ["refused"] * 4 + ["empty"] * 2
TUESDAY = ["talked"] * 15 + ["flyer"] * 12
WISHES = "SELECT count(*) FROM people_contactwish WHERE incident_id = %s AND source = 'door'"
CASES = (
    "SELECT next_due_at AT TIME ZONE 'Europe/Amsterdam' FROM cases_case"
    " WHERE incident_id = %s AND way_in = 'door'"
)


def from_door_to_door(nabij, nadia, imke, incident, left, look):
    """S01-6: 84 doors, two phones, 51 + 27 + 4 + 2; no field for a name and none for a picture."""
    nadia.locator("[name=addresses]").fill(f"{street.STREET} 1-{84 + left}")
    street.fill_hours(nadia, "2027-01-10", ("11:00", "15:00"))
    nadia.get_by_role("button", name="Maak de ronde").click()
    nadia.wait_for_url("**/werk/deuren/ronde/**")
    board = nadia.url
    address = street.pair_and_brief(nadia, "Nadia Vroom", "Imke Tol")
    phones = [street.ready(imke, address), street.ready(nadia, address)]
    assert imke.locator("li.walk").count() == 84
    assert imke.locator("input[type=file], [data-tap] input[type=text], textarea").count() == 0
    street.press_all(phones, SUNDAY, street.wishes(1, 19))
    wait_for(lambda: nabij.rows(WISHES, incident) == [(19,)], why="not every card was opened")
    nadia.goto(board)
    sums = street.sums_of(nadia)
    assert [sums[word] for word in ("gesproken", "niemand thuis", "wil niet", "leeg")] == [51, 27, 4, 2]
    assert sums["nog niet"] == 0
    assert sums.get("daar zorgt iemand anders voor", 0) == left
    assert sums["Samen"] == 84 + left
    assert "Wil contact: 19" in nadia.locator("main").inner_text()
    look(nadia, "doors")
    nadia.get_by_role("button", name="De ronde is klaar").click()
    return board


def letter_from_the_step(nabij, nadia, olaf, incident, number, look):
    """S01-8 and EXP-17: filled in from the event, agreed by both, a letter to each address, the step done."""
    step = "SELECT s.id, state FROM aftercare_runstep s JOIN aftercare_run r ON r.id = s.run_id WHERE"
    of_step = f"{step} r.incident_id = %s AND step_id = 'EXP-17'"
    here = f"/werk/nazorg/stap/{nabij.rows(of_step, incident)[0][0]}/"
    nadia.goto(here)
    nadia.get_by_role("link", name=re.compile("Vul in")).click()
    assert nadia.locator("[name=street]").input_value() == street.STREET
    assert nadia.locator("[name=date]").input_value() == "2027-01-10"
    nadia.locator("[name=phone]").fill("14 020")
    nadia.locator("[name=next_message]").fill("2027-01-11T12:00")
    look(nadia, "letter")
    nadia.get_by_role("button", name="Klopt, leg voor").click()
    assert "wacht op akkoord" in nadia.locator("main").inner_text()
    olaf.goto("/werk/drukwerk/wachten/")
    olaf.get_by_role("link", name=re.compile("Gemeente Amsterdam")).first.click()
    olaf.get_by_role("button", name="Akkoord", exact=True).click()
    nadia.goto(here)
    nadia.get_by_role("link", name=re.compile("Print")).click()
    look(nadia, "print")
    nadia.get_by_role("button", name="Print").click()
    nadia.wait_for_url("**/werk/drukwerk/brieven/**")
    wait_for(lambda: nabij.rows(of_step, incident)[0][1] == "done", why="the letters proved nothing")
    nadia.goto(here)
    assert f"Hoeveel brieven zijn bezorgd?\n{number}" in nadia.locator("main").inner_text()
    look(nadia, "printed")


def talk_with_who_was_hit(nabij, olaf, incident):
    """EXP-12: who was hit wants contact; victim support writes down how many wishes there are."""
    run = nabij.rows("SELECT id FROM aftercare_run WHERE incident_id = %s", incident)[0][0]
    found = "SELECT id, state FROM aftercare_runstep WHERE run_id = %s AND step_id = 'EXP-12'"
    assert nabij.rows(found, run)[0][1] == "waiting"
    olaf.goto(f"/werk/nazorg/{run}/feiten/")
    olaf.get_by_label("Willen de mensen contact?").select_option(label="Ja")
    olaf.locator("main form button[type=submit]").first.click()
    olaf.goto(f"/werk/nazorg/stap/{nabij.rows(found, run)[0][0]}/")
    assert "Alleen met toestemming" in olaf.locator("main").inner_text()
    olaf.locator("[name=needs]").fill("6")
    olaf.get_by_role("button", name="Deze stap is gedaan").click()
    assert nabij.rows(found, run)[0][1] == "done"


def second_round(nabij, nadia, imke, incident, board):
    """S01: Tuesday evening, to the 27 that nobody opened: 15 talked, 12 got a flyer again, 5 want contact."""
    nabij.clock("2027-01-12T16:50")
    nadia.goto(board)
    nadia.get_by_role("link", name="Tweede ronde voor wie niet bereikt is").click()
    street.fill_hours(nadia, "2027-01-12", ("17:00", "20:00"))
    nadia.get_by_role("button", name="Maak de tweede ronde").click()
    address = street.pair_and_brief(nadia, "Nadia Vroom", "Imke Tol")
    phones = [street.ready(imke, address), street.ready(nadia, address)]
    assert imke.locator("li.walk").count() == 27
    street.press_all(phones, TUESDAY, street.wishes(20, 5))
    wait_for(lambda: nabij.rows(WISHES, incident) == [(24,)], why="not every card was opened")


def test_the_day_after_84_doors_and_24_wishes(nabij, log_in, look):
    """S01-6, 7, 8, 10 and EXP-12: both organisations go into the street, and once more for who was away."""
    nabij.clock("2027-01-10T10:45")
    incident = nabij.rows("SELECT id FROM incidents_incident ORDER BY reported_at DESC LIMIT 1")[0][0]
    nadia, olaf, imke = log_in("nadia.vroom"), log_in("olaf.kruit", desk=True), log_in("imke.tol")
    street.promise(olaf, street.ask_people(nadia, incident, "2027-01-10"), "Imke Tol")
    left = len(street.addresses(nabij, 84)[1])
    nadia.goto(f"/werk/deuren/{incident}/nieuw/")
    board = from_door_to_door(nabij, nadia, imke, incident, left, look)
    talk_with_who_was_hit(nabij, olaf, incident)
    letter_from_the_step(nabij, nadia, olaf, incident, 84 + left, look)
    due = wait_for(
        lambda: len(found := nabij.rows(CASES, incident)) == 19 and found, seconds=90, why="no case"
    )
    assert {moment.isoformat() for (moment,) in due} == {"2027-01-11T17:00:00"}
    second_round(nabij, nadia, imke, incident, board)
    nadia.goto(f"/werk/gebeurtenissen/{incident}/")
    doors = nadia.locator(".panel", has_text="De wijk in").last.inner_text()
    for words, number in (("gesproken", 66), ("alleen flyer", 12), ("wil niet", 4), ("leeg", 2)):
        assert re.search(rf"{words}\s*{number}\b", doors), (words, doors)
    assert re.search(r"Wil contact\s*24\b", doors)
    hall = nadia.locator(".panel", has_text="Opvang").last.inner_text()
    assert re.search(r"Op een kaart[^\d]*22\b", hall), "22 + 24 = 46"
    assert "Buur" not in nadia.locator("main").inner_text().replace("Buurt", "")
    look(nadia, "street")


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
    first = nabij.rows("SELECT incident_id FROM doors_round ORDER BY planned_at LIMIT 1")[0][0]
    wait_for(lambda: len(nabij.rows(CASES, first)) == 24, seconds=90, why="24 wishes are 24 cases")
