"""S05: a fire in an apartment block, from the commission to a centre that residents can read."""

import re
import time

import pytest
import requests

from tests.journeys.centres import (
    CENTRE,
    WITHIN,
    approve_all,
    fill_commission,
    go_live,
    gone,
    order,
    path_of,
    public,
    readable,
    site_of,
    task,
    write_message,
)
from tests.journeys.conftest import wait_for
from tests.journeys.living import ROOM, fill_request, newest_incident, send

CLOCK = "2027-05-15T19"
pytestmark = pytest.mark.journey


def ask_for_help(nabij, page, place):
    """A municipality asks help for a fire; gives the incident."""
    page.goto("/werk/hulp-vragen/")
    fill_request(page, place=place, municipality="Waterdijk", topic="Heftige woningbrand met slachtoffers")
    send(page)
    page.wait_for_url(ROOM)
    return newest_incident(nabij)


def commission(nabij, marit, look):
    """S05-1: without a controller the order cannot be sent, and what was typed stays."""
    incident = ask_for_help(nabij, marit, "Flat De Wachter")
    nabij.clock("2027-05-15T19:55")
    marit.goto(f"/werk/gebeurtenissen/{incident}/grip/")
    marit.get_by_label("GRIP 3").check()
    marit.get_by_role("button", name="Bewaren").click()
    assert "GRIP 3" in marit.locator("main").inner_text()
    marit.get_by_role("link", name="Opdracht geven").click()
    marit.wait_for_url("**/opdracht/**")
    look(marit, "order")
    fill_commission(marit, name="Brand in flat De Wachter", controller="")
    order(marit)
    field = marit.locator(".field", has=marit.get_by_label("Wie is verantwoordelijk voor de gegevens?"))
    assert "Zonder verwerkingsverantwoordelijke" in field.inner_text()
    assert marit.get_by_label("Naam op de site").input_value() == "Brand in flat De Wachter"
    assert marit.get_by_label("Wie is de woordvoerder?").input_value() == "Woordvoerder, 06-00000085"
    assert marit.locator("[name=wants_closed_part][value=ja]").is_checked()
    assert nabij.rows("SELECT count(*) FROM centres_commission WHERE incident_id = %s", incident) == [(0,)]
    look(marit, "order-refused")
    marit.get_by_label("Wie is verantwoordelijk voor de gegevens?").fill("Gemeente Waterdijk")
    nabij.clock("2027-05-15T20:41:05")
    order(marit)
    marit.wait_for_url(CENTRE)
    centre = path_of(marit)
    look(marit, "centre-of-the-commissioner")
    return incident, centre


def refuse_to_go_live(nabij, owen, centre, look):
    """S05-3: live is refused, and each missing thing is named."""
    go_live(owen, centre)
    refusal = owen.locator("main").inner_text()
    for what in ("goedgekeurde privacytekst", "contacttekst met een telefoonnummer", "goedgekeurd bericht"):
        assert what in refusal
    assert public(nabij, site_of(nabij, centre)) == ""
    look(owen, "refused")


def write_and_approve(nabij, lin, owen, centre, look):
    """Lin writes; Owen writes one too, and may not approve that himself."""
    write_message(lin, centre, "Er was brand. De opvang is in sporthal De Meent.", "There was a fire.")
    look(lin, "editor")
    lin.goto(f"{centre}goedkeuren/")
    assert not lin.get_by_role("button", name="Keur goed wat is aangevinkt").count()
    owen.goto(centre)
    task(owen, "Wat u nu kunt doen (Nederlands)").get_by_role("link", name="Wijzigen").click()
    look(owen, "write")
    owen.get_by_label("Tekst", exact=True).fill("Bent u in gevaar? Bel 112.\n\nU kunt naar de sporthal.")
    owen.get_by_role("button", name="Opslaan").click()
    owen.wait_for_url(CENTRE)
    task(owen, "Wat u nu kunt doen (Nederlands)").get_by_role("link", name="Goedkeuren").click()
    owen.get_by_role("button", name="Goedkeuren").click()
    assert owen.get_by_role("alert").count()
    look(owen, "own-text-refused")
    approved = "SELECT count(*) FROM centres_textversion WHERE approved_by_id = author_id"
    assert nabij.rows(approved) == [(0,)]
    owen.goto(f"{centre}goedkeuren/")
    look(owen, "approve")
    approve_all(owen, centre)
    go_live_is_ready = owen.locator("main").inner_text()
    assert "Alles wat nodig is, is er." in go_live_is_ready


def go_live_in_time(nabij, visit, owen, centre, look):
    """Live at 22:19 is 98 minutes: public within two seconds, in both languages, also at home."""
    nabij.clock("2027-05-15T22:19:30")
    site = site_of(nabij, centre)
    owen.goto(centre)
    owen.get_by_role("button", name="Zet live").click()
    since = time.monotonic()
    readable(nabij, site, "De opvang is in sporthal De Meent.", since)
    readable(nabij, f"/en{site}", "There was a fire.", since)
    readable(nabij, "/", "Brand in flat De Wachter", since)
    owen.wait_for_url(CENTRE)
    assert "Live na 98 minuten" in owen.locator("main").inner_text()
    assert "te laat" not in owen.locator("main").inner_text()
    look(owen, "live")
    page = visit(site)
    assert "Wachter" not in page.title()
    look(page, "public")
    look(visit(f"/en{site}", desk=True), "public-english")
    look(visit("/"), "home")
    return site


def renew_a_text(nabij, lin, owen, centre, site, look):
    """The old version stays up until the new one is approved, and is then replaced at once."""
    lin.goto(centre)
    task(lin, "Ik zoek iemand (Nederlands)").get_by_role("link", name="Wijzigen").click()
    lin.get_by_label("Tekst", exact=True).fill("Zoekt u iemand? Bel 088-0908000.")
    lin.get_by_role("button", name="Opslaan").click()
    lin.wait_for_url(CENTRE)
    time.sleep(WITHIN)
    assert "088-0908000" not in public(nabij, site)
    assert "Ga niet zelf zoeken" in public(nabij, site)
    owen.goto(centre)
    task(owen, "Ik zoek iemand (Nederlands)").get_by_role("link", name="Goedkeuren").click()
    look(owen, "compare")
    owen.get_by_role("button", name="Goedkeuren").click()
    readable(nabij, site, "088-0908000", time.monotonic())


def withdraw_in_an_emergency(nabij, lin, centre, site, look):
    """One person takes a text away, with a reason."""
    lin.goto(centre)
    task(lin, "De opvang is in sporthal De Meent").get_by_role("link", name="Intrekken").click()
    lin.get_by_role("button", name="Nu intrekken").click()
    assert "Schrijf op waarom." in lin.locator("main").inner_text()
    lin.get_by_label("Reden").fill("De sporthal is dicht.")
    look(lin, "withdraw")
    lin.get_by_role("button", name="Nu intrekken").click()
    gone(nabij, site, "De opvang is in sporthal De Meent.", time.monotonic())
    gone(nabij, f"/en{site}", "There was a fire.", time.monotonic())


def test_a_centre_within_two_hours(nabij, visit, log_in, look):
    """S05-1, 2, 3: commission 20:41, live 22:19, that is 98 minutes; never without four eyes."""
    nabij.clock("2027-05-15T19:20")
    marit = log_in("marit.schouten")
    incident, centre = commission(nabij, marit, look)
    marit.goto(f"/werk/gebeurtenissen/{incident}/")
    wait_for(lambda: "22:41" in marit.locator("main").inner_text(), why="the target is not in the room")
    look(marit, "room")
    owen, lin = log_in("owen.baas", desk=True), log_in("lin.chen")
    refuse_to_go_live(nabij, owen, centre, look)
    write_and_approve(nabij, lin, owen, centre, look)
    marit.goto(centre)
    marit.get_by_role("link", name="Voorbeeld").first.click()
    assert "De opvang is in sporthal De Meent." in marit.locator("main").inner_text()
    assert "U kunt naar de sporthal" not in marit.locator("main").inner_text()
    look(marit, "preview")
    site = go_live_in_time(nabij, visit, owen, centre, look)
    renew_a_text(nabij, lin, owen, centre, site, look)
    withdraw_in_an_emergency(nabij, lin, centre, site, look)


def test_with_the_database_down_the_centre_stays_up(nabij, visit, look):
    """S05 variant a: pages stay, somebody registers, and it comes in when the database is back."""
    site = nabij.rows("SELECT slug FROM centres_advicecentre ORDER BY live_at DESC NULLS LAST LIMIT 1")[0][0]
    counted = "SELECT count(*) FROM people_registration"
    before = nabij.rows(counted)[0][0]
    form = visit(f"/iac/{site}/aanmelden/")
    nabij.stack.stop_postgres()
    try:
        for path in (f"/iac/{site}/", f"/en/iac/{site}/", f"/iac/{site}/aanmelden/", "/", "/en/", "/nu/"):
            assert requests.get(f"{nabij.url}{path}", timeout=5).status_code == 200, path
        form.reload()
        form.get_by_label("Ik woon in de buurt").check()
        form.get_by_label("Uw naam").fill("Sam Zonderlicht")
        form.get_by_role("button", name="Aanmelden").click()
        form.locator("h1", has_text="Ontvangen").wait_for()
        reference = form.locator(".reference").inner_text()
        look(form, "receipt")
        look(visit(f"/iac/{site}/"), "public")
    finally:
        nabij.stack.start_postgres()
    wait_for(lambda: nabij.rows(counted)[0][0] == before + 1, seconds=30, why="it was not drained")
    found = nabij.rows("SELECT count(*) FROM people_registration WHERE reference = %s", reference)
    assert found == [(1,)]


def test_a_centre_that_is_late_asks_why(nabij, log_in, look):
    """S05-2: live at 22:47 is 126 minutes, red, and the reason is asked."""
    nabij.clock("2027-05-16T20:00")
    marit = log_in("marit.schouten")
    incident = ask_for_help(nabij, marit, "Flat De Uitkijk")
    marit.goto(f"/werk/iac/opdracht/{incident}/")
    fill_commission(marit, name="Brand in flat De Uitkijk")
    nabij.clock("2027-05-16T20:41:05")
    order(marit)
    marit.wait_for_url(CENTRE)
    centre = path_of(marit)
    lin, owen = log_in("lin.chen"), log_in("owen.baas")
    write_message(lin, centre, "Er was brand in flat De Uitkijk.")
    approve_all(owen, centre)
    nabij.clock("2027-05-16T22:45")
    owen.goto("/werk/iac/")
    assert owen.locator(".task--overdue").filter(has_text="De Uitkijk").count() == 1
    nabij.clock("2027-05-16T22:47:30")
    go_live(owen, centre)
    page = owen.locator("main")
    assert "Live na 126 minuten" in page.inner_text()
    assert "te laat" in page.inner_text()
    assert owen.locator(".errors").filter(has_text="126").count()
    look(owen, "late")
    owen.get_by_label("Reden").fill("De stroom viel uit bij de redactie.")
    owen.get_by_role("button", name="Reden vastleggen").click()
    wait_for(lambda: "De stroom viel uit bij de redactie." in page.inner_text())
    assert owen.get_by_role("button", name="Reden vastleggen").count() == 0
    look(owen, "reason")


def test_a_spoken_commission_at_three_has_the_same_limit(nabij, visit, log_in, look):
    """S05 variant b: given aloud at 03:00, entered at 03:12; target 05:00; confirmed by link."""
    nabij.clock("2027-05-18T02:30")
    marit = log_in("marit.schouten")
    incident = ask_for_help(nabij, marit, "Flat De Toren")
    nabij.clock("2027-05-18T03:12")
    bram = log_in("bram.kooistra")
    bram.goto(f"/werk/gebeurtenissen/{incident}/")
    bram.get_by_role("link", name="Mondelinge opdracht invoeren").click()
    look(bram, "spoken")
    fill_commission(bram, name="Brand in flat De Toren")
    bram.get_by_label("Welke organisatie geeft de opdracht?").select_option(label="Gemeente Waterdijk")
    bram.get_by_label("Wanneer is de opdracht gegeven?").fill("2027-05-18T03:00")
    bram.get_by_label("E-mailadres van de opdrachtgever").fill("burgemeester.waterdijk@example.nl")
    order(bram)
    bram.wait_for_url(CENTRE)
    centre = path_of(bram)
    assert "nog niet bevestigd" in bram.locator("main").inner_text()
    bram.goto(f"/werk/gebeurtenissen/{incident}/")
    wait_for(lambda: "05:00" in bram.locator("main").inner_text(), why="the target is not in the room")
    letter = wait_for(
        lambda: nabij.messages_to("burgemeester.waterdijk@example.nl"), why="no link came in the mailbox"
    )[0]
    link = re.search(r"/opdracht/[\w-]+/", letter["body"]).group()
    mayor = visit(link)
    look(mayor, "confirm")
    confirmed = "SELECT confirmed_at IS NOT NULL FROM centres_commission WHERE incident_id = %s"
    assert nabij.rows(confirmed, incident) == [(False,)]
    mayor.get_by_role("button", name="Ik bevestig de opdracht").click()
    mayor.locator("h1", has_text="De opdracht is bevestigd").wait_for()
    look(mayor, "confirmed")
    assert nabij.rows(confirmed, incident) == [(True,)]
    bram.goto(centre)
    assert "nog niet bevestigd" not in bram.locator("main").inner_text()
