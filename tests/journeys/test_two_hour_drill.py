"""The drill of two hours: a centre from the commission to open and tested, by four people; then wiped."""

import time

import pytest

from tests.journeys.centres import (
    CENTRE,
    approve_all,
    fill_commission,
    go_live,
    gone,
    order,
    path_of,
    public,
    readable,
    write_message,
)
from tests.journeys.conftest import wait_for

CLOCK = "2027-05-25T09:00"
NAME = "Brand in de Meeuwenflat"
pytestmark = pytest.mark.journey


def begin(nabij, marit, look):
    """The officer begins the drill and gives the ordinary commission at its made-up event."""
    marit.goto("/werk/oefeningen/centrum/")
    look(marit, "begin")
    marit.get_by_label("Brand in een flat").check()
    marit.get_by_role("button", name="Begin de oefening").click()
    marit.wait_for_url("**/werk/oefeningen/*-*/")
    drill = marit.url
    look(marit, "order-first")
    marit.get_by_role("link", name="Opdracht geven").click()
    marit.wait_for_url("**/opdracht/**")
    assert "OEFENING" in marit.locator(".banner--exercise").inner_text()
    fill_commission(marit, name=NAME)
    order(marit)
    marit.wait_for_url(CENTRE)
    return drill, path_of(marit)


def list_of(centre):
    return f"{centre.replace('/werk/iac/', '/werk/iac-opening/')}"


def do(page, address, *whats):
    """Tick these off on the list of two hours."""
    page.goto(address)
    for what in whats:
        with page.expect_navigation():
            page.locator("button", has_text=f"Gedaan: {what}").click()


def try_out(page, address, kind):
    """Let Nabij test this, and read that it works."""
    page.goto(address)
    with page.expect_navigation():
        page.locator("button", has_text=f": {kind}").click()
    line = page.locator("li.task").filter(has=page.get_by_role("heading", name=kind))
    assert "getest, het werkt" in line.inner_text(), line.inner_text()


def write_and_approve(lin, owen, centre, listed, look):
    """The editor writes the facts; the chief editor, as the second, approves everything."""
    write_message(lin, centre, "Er was brand. De opvang is in sporthal De Meent.", "There was a fire.")
    lin.goto(f"{centre}goedkeuren/")
    assert not lin.get_by_role("button", name="Keur goed wat is aangevinkt").count()
    approve_all(owen, centre)
    do(owen, listed, "Vraag politie en regio", "Lees de teksten na", "Lees alles als tweede")
    look(owen, "list")


def see_the_preview(marit, centre, listed):
    """The commissioner sees what would go live, and says yes."""
    marit.goto(centre)
    marit.get_by_role("link", name="Voorbeeld", exact=True).first.click()
    assert "OEFENING" in marit.locator("h1").inner_text()
    do(marit, listed, "Laat de opdrachtgever het voorbeeld zien")


def read_in_public(nabij, visit, site, look):
    """Marked in each language, at no address of a real centre, named nowhere, closed to search engines."""
    readable(nabij, site, "De opvang is in sporthal De Meent.", time.monotonic())
    dutch, english = (wait_for(lambda path=path: public(nabij, path)) for path in (site, f"/en{site}"))
    assert dutch.count("OEFENING") >= 3
    assert "EXERCISE" in english
    assert all('<meta name="robots" content="noindex">' in page for page in (dutch, english))
    assert public(nabij, site.replace("/oefening/", "/iac/")) == ""
    assert NAME not in public(nabij, "/")
    look(visit(site), "public")


def register(nabij, visit, site, incident, look):
    """Somebody takes part and registers; without saying that it is made up it is refused."""
    form = visit(f"{site}aanmelden/")
    look(form, "register")
    form.get_by_label("Ik woon in de buurt").check()
    form.get_by_label("Uw naam").fill("Sam Verzonnen")
    form.get_by_role("button", name="Aanmelden").click()
    form.get_by_text("komt uw aanmelding hier niet aan").first.wait_for()
    look(form, "register-refused")
    form.get_by_label("Ik doe mee aan de oefening").check()
    form.get_by_label("Telefoonnummer").fill("06-00000077")
    form.locator("[name=needs]").first.check()
    form.get_by_label("Ja, vandaag").check()
    form.get_by_role("button", name="Aanmelden").click()
    form.locator("h1", has_text="Ontvangen").wait_for()
    look(form, "received")
    counted = (
        "SELECT count(*) FROM people_registration r JOIN people_person p ON p.id = r.person_id"
        " WHERE r.incident_id = %s AND p.has_phone"  # who is made up by the game has none
    )
    wait_for(lambda: nabij.rows(counted, incident) == [(1,)], why="it did not land at the exercise")
    page = "SELECT count(*) FROM paging_page WHERE thread_id = %s AND is_drill"
    wait_for(lambda: nabij.rows(page, incident) >= [(1,)], why="the urgent need called nobody")


def call_the_desk(lin, listed):
    """A call to the desk: who called writes what was heard."""
    lin.goto(f"{listed}test/desk/")
    lin.get_by_label("Wat hoorde of zag u?").fill("Goedemorgen, met het loket.")
    lin.get_by_label("Ja", exact=True).check()
    lin.get_by_role("button", name="Bewaar de test").click()
    lin.wait_for_url(f"**{listed}")


def pick(page, field, words):
    """Choose in this list what these words stand in."""
    chosen = page.locator(f"[name={field}] option", has_text=words).first.get_attribute("value")
    page.locator(f"[name={field}]").select_option(value=chosen)


def open_the_closed_part(nabij, renske, owen, centre, listed):
    """The coordinator of peer contact gets her seat, opens a group, and puts a moderator in it."""
    owen.goto(f"{listed}redactie/?plaats=community")
    pick(owen, "membership", "Renske Duin")
    with owen.expect_navigation():
        owen.get_by_role("button", name="Geef deze plaats").click()
    renske.goto("/werk/besloten/groepen/")
    pick(renske, "centre", f"OEFENING {NAME}")
    renske.locator("[name=relation][value=residents]").check()
    pick(renske, "contact", "Renske Duin")
    with renske.expect_navigation():
        renske.get_by_role("button", name="Open de groep").click()
    found = "SELECT id FROM peers_space WHERE owner_id = %s"
    [[space]] = nabij.rows(found, centre.strip("/").split("/")[-1])
    renske.goto(f"/werk/groepen/{space}/diensten/")
    pick(renske, "membership", "Amir Haddad")
    renske.locator("[name=starts_at]").fill("2027-05-25T08:00")
    renske.locator("[name=ends_at]").fill("2027-05-25T20:00")
    with renske.expect_navigation():
        renske.get_by_role("button", name="Zet erin").click()
    try_out(renske, listed, "Besloten deel open, met moderator")


def finish(nabij, marit, drill, incident, site, look):
    """The report: minutes against the norm, nothing sent; the page is gone at once."""
    marit.goto(drill)
    assert "Open en getest na 95 minuten" in marit.locator("main").inner_text()
    look(marit, "drill")
    marit.get_by_role("button", name="Stop en maak het verslag").click()
    marit.get_by_text("Open en getest na 95 minuten. De norm is 120.").wait_for()
    look(marit, "report")
    gone(nabij, site, NAME, time.monotonic())
    came = "SELECT count(*) FROM people_registration WHERE incident_id = %s"
    wait_for(lambda: nabij.rows(came, incident) > [(1,)], why="nobody whom the game made up registered")
    paper = marit.request.get(f"{drill}verslag/").body()
    assert paper.startswith(b"%PDF")
    key = drill.rstrip("/").split("/")[-1]
    told = "SELECT sent, (report->>'kept')::int, (report->>'minutes')::int FROM drills_drill WHERE id = %s"
    [[sent, kept, minutes]] = nabij.rows(told, key)
    assert (sent, minutes) == (0, 95)
    assert kept >= 1
    outside = (
        "SELECT count(*) FROM notify_delivery d JOIN notify_message m ON m.id = d.message_id"
        " WHERE m.about_id = %s AND (d.state NOT IN ('kept', 'failed') OR d.attempts > 0)"
    )
    assert nabij.rows(outside, incident) == [(0,)]


def wipe(nabij, marit, drill, incident, look):
    """One button, and nothing is left but the report and the measured minutes."""
    marit.goto(f"{drill}wissen/")
    marit.get_by_role("button", name="Wis de oefening").click()
    marit.get_by_text("De oefening is gewist").wait_for()
    for table, column in (
        ("incidents_incident", "id"), ("centres_advicecentre", "incident_id"), ("peers_space", "thread_id"),
        ("people_registration", "asked_for"), ("notify_message", "about_id"), ("paging_page", "thread_id"),
    ):  # fmt: skip
        left = f"SELECT count(*) FROM {table} WHERE {column} = %s"
        assert nabij.rows(left, incident) == [(0,)], table
    marit.goto("/werk/oefeningen/")
    assert "95 van 120 minuten" in marit.locator("main").inner_text()
    look(marit, "drills")


def test_a_centre_in_two_hours_as_a_drill(nabij, visit, log_in, look):
    """Commission 09:00, open and tested 10:35: 95 minutes, by officer, editor, chief and coordinator."""
    nabij.clock(CLOCK)
    marit = log_in("marit.schouten")
    drill, centre = begin(nabij, marit, look)
    listed = list_of(centre)
    read = "SELECT incident_id, slug FROM centres_advicecentre WHERE id = %s"
    [[incident, slug]] = nabij.rows(read, centre.strip("/").split("/")[-1])
    site = f"/oefening/{slug}/"
    owen, lin = log_in("owen.baas", desk=True), log_in("lin.chen")
    nabij.clock("2027-05-25T09:08")
    do(owen, listed, "Zeg dat de opdracht binnen is")
    do(lin, listed, "Kijk of de naam")
    nabij.clock("2027-05-25T09:25")
    write_and_approve(lin, owen, centre, listed, look)
    nabij.clock("2027-05-25T10:15")
    see_the_preview(marit, centre, listed)
    go_live(owen, centre)
    read_in_public(nabij, visit, site, look)
    register(nabij, visit, site, incident, look)
    try_out(lin, listed, "Aanmelden werkt")
    call_the_desk(lin, listed)
    open_the_closed_part(nabij, log_in("renske.duin"), owen, centre, listed)
    nabij.clock("2027-05-25T10:35:30")
    try_out(owen, listed, "Open deel te lezen")
    do(owen, listed, "Meld hoeveel minuten")
    look(owen, "open-and-tested")
    finish(nabij, marit, drill, incident, site, look)
    wipe(nabij, marit, drill, incident, look)
