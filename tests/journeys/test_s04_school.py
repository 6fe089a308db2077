"""S04: a pupil died by suicide; the step plan of the school, the parents first, numbers without names."""

import re

import pytest

from tests.journeys.conftest import wait_for

CLOCK = "2027-02-15"
pytestmark = pytest.mark.journey


def ask(nabij, log_in, look):
    """07:10: the municipality's officer asks, because the school itself cannot ask the on-call service."""
    nabij.clock("2027-02-15T07:10")
    joost = log_in("joost.prins")
    joost.goto("/werk/hulp-vragen/")
    joost.get_by_label(re.compile("Dringend")).check()
    joost.locator("select[name=topic]").select_option(label="Zelfdoding van een leerling")
    joost.locator("select[name=municipalities]").select_option(label="Duinrand")
    joost.get_by_label("Straat of plek").fill("Het Wilgenlyceum")
    joost.locator("[name=happened_at]").fill("2027-02-15T06:50")
    joost.get_by_role("checkbox", name="advies", exact=True).check()
    joost.get_by_label("Op welk nummer bellen wij terug?").fill("06-00000081")
    joost.get_by_role("button", name="Vraag hulp").click()
    joost.wait_for_url(re.compile(r"/werk/hulp-vragen/[0-9a-f-]{36}/"))
    found = "SELECT id FROM incidents_incident WHERE place = 'Het Wilgenlyceum' AND topic = 'EVT-31'"
    return joost, str(nabij.rows(found)[0][0])


def run_of(nabij, incident):
    """The run that began by itself, because Duinrand has this protocol in force."""
    found = "SELECT id FROM aftercare_run WHERE incident_id = %s AND code = 'P-SCH'"
    return wait_for(lambda: nabij.rows(found, incident), seconds=90, why="no aftercare began")[0][0]


def row_of(nabij, run, step, occurrence=1):
    """Address and stand of a step."""
    where = "WHERE run_id = %s AND step_id = %s AND occurrence = %s"
    return nabij.rows(f"SELECT id, state FROM aftercare_runstep {where}", run, step, occurrence)[0]


def days_of(nabij, run, step):
    """The local days on which a step is due."""
    local = "due_at AT TIME ZONE 'Europe/Amsterdam'"
    rows = nabij.rows(
        f"SELECT {local} FROM aftercare_runstep WHERE run_id = %s AND step_id = %s ORDER BY 1", run, step
    )
    return [moment.date().isoformat() for (moment,) in rows]


def open_step(page, nabij, run, step):
    """The page of a step."""
    page.goto(f"/werk/nazorg/stap/{row_of(nabij, run, step)[0]}/")
    return page.locator("main").inner_text()


def tell(page, run, question, answer="Ja"):
    """Answer one of the questions that steps wait for."""
    page.goto(f"/werk/nazorg/{run}/feiten/")
    page.get_by_label(question).select_option(label=answer)
    page.locator("main form button[type=submit]").first.click()


def test_a_school_is_sent_to_the_line_and_never_to_the_on_call_service(nabij, visit):
    """S04-1 at 07:05, before the line opens at eight."""
    nabij.clock("2027-02-15T07:05")
    page = visit("/bellen/nu/?wie=school&haast=spoed").locator("main").inner_text()
    assert "0900-0101" in page
    assert "08.00 uur" in page
    assert "gemeente of de politie" in page


def test_the_parents_decide_before_the_class_hears_it(nabij, log_in, look):
    joost, incident = ask(nabij, log_in, look)
    run = run_of(nabij, incident)
    steps = "SELECT count(DISTINCT step_id) FROM aftercare_runstep WHERE run_id = %s"
    assert nabij.rows(steps, run) == [(22,)]
    assert days_of(nabij, run, "SCH-18") == ["2027-02-22", "2027-03-01", "2027-03-15"]
    assert days_of(nabij, run, "SCH-21") == ["2028-02-15"]
    assert days_of(nabij, run, "SCH-20")[-1] == "2029-02-15"

    joost.goto(f"/werk/nazorg/{run}/nu/")
    look(joost, "now")
    for step in ("SCH-07", "SCH-09"):
        assert "wacht op" in open_step(joost, nabij, run, step), "first the parents"
    open_step(joost, nabij, run, "SCH-04")
    joost.locator("select[name=decision]").select_option("not_reached")
    joost.get_by_role("button", name="Deze stap is gedaan").click()
    assert "kan nu nog niet" in joost.locator("main").inner_text(), "not reached counts after two hours"
    look(joost, "too-early")
    joost.locator("select[name=decision]").select_option("text_approved")
    joost.get_by_role("button", name="Deze stap is gedaan").click()
    assert row_of(nabij, run, "SCH-04")[1] == "done"
    assert row_of(nabij, run, "SCH-07")[1] == "waiting", "first the staff hears it"
    tell_the_staff(joost, nabij, run)
    assert row_of(nabij, run, "SCH-07")[1] == "open"
    count_without_names(joost, nabij, incident, look)
    joost.goto(f"/werk/nazorg/{run}/")
    look(joost, "board")


def tell_the_staff(joost, nabij, run):
    """The death is sure, the moment is set, and the staff was told."""
    tell(joost, run, re.compile("zeker"))
    joost.goto(f"/werk/nazorg/stap/{row_of(nabij, run, 'SCH-06')[0]}/moment/")
    joost.locator("input[name=moment]").fill("2027-02-15T07:30")
    joost.locator("main form button[type=submit]").first.click()
    open_step(joost, nabij, run, "SCH-06")
    joost.locator("input[name=staff]").fill("41")
    joost.get_by_role("button", name="Deze stap is gedaan").click()


def count_without_names(joost, nabij, incident, look):
    """S04-5: 34 visits to the quiet room, a number and nothing else; letters to 640 parents; 3 requests."""
    for word, number in (("quiet_room_visits", 34), ("letters_to_parents", 640), ("press_requests", 3)):
        joost.goto(f"/werk/bijeenkomsten/gebeurtenis/{incident}/tellen/")
        joost.locator("select[name=word]").select_option(word)
        joost.locator("input[name=number]").fill(str(number))
        joost.get_by_role("button", name="Erbij").click()
    joost.goto(f"/werk/bijeenkomsten/gebeurtenis/{incident}/tellen/")
    counted = joost.locator("main").inner_text()
    for number in (34, 640, 3):
        assert re.search(rf"\b{number}\b", counted)
    look(joost, "counts")
