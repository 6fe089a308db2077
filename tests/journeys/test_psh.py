"""The GGD asks victim support for eight people, and the core team keeps its advice to itself."""

import pytest

from tests.journeys.conftest import wait_for
from tests.journeys.living import ask_for_help, newest_incident

CLOCK = "2027-05-18T10:00"
pytestmark = pytest.mark.journey


def fire(nabij, log_in):
    """A fire in Waterdijk, asked for by its own officer."""
    marit = log_in("marit.schouten")
    topic = "Heftige woningbrand met slachtoffers"
    ask_for_help(marit, place="Zeedijk 14", municipality="Waterdijk", topic=topic)
    return marit, newest_incident(nabij)


def ask_eight(tineke, incident, look):
    """Eight people for the reception team, with VEILIG besides; a wrong period is said beside the field."""
    tineke.goto(f"/werk/gebeurtenissen/{incident}/")
    tineke.get_by_role("link", name="Vraag medewerkers").click()
    tineke.get_by_label("Hoeveel medewerkers?").fill("8")
    tineke.locator("select[name=modules]").select_option(value="VEILIG")
    tineke.get_by_label("Waar?").fill("Sporthal De Wachter")
    tineke.get_by_label("Van", exact=True).fill("2027-05-18T14:00")
    tineke.get_by_label("Tot", exact=True).fill("2027-05-18T12:00")
    tineke.get_by_role("button", name="Verstuur het verzoek").click()
    assert "Het einde ligt voor het begin" in tineke.locator("main").inner_text()
    assert tineke.get_by_label("Waar?").input_value() == "Sporthal De Wachter"
    tineke.get_by_label("Tot", exact=True).fill("2027-05-18T22:00")
    tineke.get_by_role("button", name="Verstuur het verzoek").click()
    assert "0 van 8" in tineke.locator("main").inner_text()
    look(tineke, "asked")
    return tineke.url


def offer_seven(bart, address, look):
    """Seven are offered; who lacks a certificate drops out by itself, and it says why."""
    bart.goto(address)
    boxes = bart.locator("input[name=wie]")
    assert boxes.count() >= 7
    for number in range(6):
        boxes.nth(number).check()
    bart.get_by_text("Wie nu niet mag").click()
    assert "valt af:" in bart.locator("main").inner_text()
    bart.locator("details input[name=wie]").first.check()
    look(bart, "candidates")
    bart.get_by_role("button", name="Bied deze mensen aan").click()
    while bart.get_by_role("button", name="Komt").count():
        bart.get_by_role("button", name="Komt").first.click()
    look(bart, "offered")


def test_the_ggd_asks_eight_people(nabij, log_in, look):
    nabij.clock(CLOCK)
    marit, incident = fire(nabij, log_in)
    tineke = log_in("tineke.hofstra", desk=True)
    address = ask_eight(tineke, incident, look)
    bart = log_in("bart.nijhof", desk=True)
    wait_for(lambda: bart.goto("/werk/") and "Sporthal De Wachter" in bart.locator("main").inner_text())
    offer_seven(bart, address, look)
    tineke.goto(address)
    counts = nabij.rows("SELECT count(*) FILTER (WHERE state = 'confirmed'), count(*) FROM psh_staffoffer")[0]
    assert counts == (6, 7)
    shown = tineke.locator("main").inner_text()
    assert f"{counts[0]} van 8" in shown
    assert "valt af:" not in shown
    look(tineke, "supply")

    bart.goto(f"/werk/psh/kernteam/{incident}/")
    bart.get_by_role("link", name="Advies opschrijven").click()
    bart.get_by_label("Wat was de vraag?").fill("Wie spreekt de bewoners toe?")
    bart.get_by_label("Wat hebt u geadviseerd?").fill("De burgemeester, met iemand van de GGD ernaast.")
    bart.get_by_role("button", name="Bewaren").click()
    tineke.goto(f"/werk/psh/kernteam/{incident}/")
    tineke.get_by_role("button", name="Overgenomen", exact=True).click()
    assert "1 overgenomen" in tineke.locator("main").inner_text()
    look(tineke, "core-team")
    assert marit.goto(f"/werk/psh/kernteam/{incident}/").status == 404
    assert marit.goto(address).status == 404


def test_a_group_is_received_and_presence_is_agreed(nabij, log_in, look):
    """The reception of that fire: one talk with a group, agreed with the GGD, in a report without names."""
    incident = newest_incident(nabij)
    bart = log_in("bart.nijhof", desk=True)
    bart.goto(f"/werk/opvang/{incident}/")
    bart.get_by_label("Waar is de opvang?").fill("Sporthal De Wachter")
    bart.get_by_role("button", name="Open de opvang").click()
    bart.get_by_role("link", name="Groepsgesprek opschrijven").click()
    bart.get_by_label("Hoeveel mensen waren erbij?").fill("0")
    bart.get_by_role("button", name="Bewaren").click()
    assert bart.get_by_label("Met hoeveel begeleiders?").input_value() == "2"
    bart.get_by_label("Hoeveel mensen waren erbij?").fill("18")
    look(bart, "talk")
    bart.get_by_role("button", name="Bewaren").click()
    bart.get_by_role("link", name="Aanwezigheid afspreken").click()
    bart.locator("select[name=party]").select_option(label="GGD")
    bart.get_by_label("Waar?").fill("Wijkcentrum De Dijk")
    bart.get_by_label("Van", exact=True).fill("2027-05-18T14:00")
    bart.get_by_label("Tot", exact=True).fill("2027-05-18T20:00")
    bart.get_by_role("button", name="Leg de afspraak vast").click()
    bart.goto(f"/werk/opvang/{incident}/verslag/")
    report = bart.locator("main").inner_text()
    assert "18 mensen, 2 begeleiders" in report
    assert "Wijkcentrum De Dijk" in report
    look(bart, "report")


def test_the_ggd_asks_staff_for_the_aftercare(nabij, log_in, look):
    """Three people for a week of aftercare; what is offered and what is short stands on the request."""
    incident = newest_incident(nabij)
    tineke = log_in("tineke.hofstra", desk=True)
    tineke.goto(f"/werk/gebeurtenissen/{incident}/")
    tineke.get_by_role("link", name="Vraag medewerkers").click()
    choice = tineke.locator("select[name=task]")
    choice.select_option(
        index=choice.locator("option", has_text="nazorg").first.evaluate("each => each.index")
    )
    tineke.get_by_label("Hoeveel medewerkers?").fill("3")
    tineke.get_by_label("Waar?").fill("Wijkcentrum De Dijk")
    tineke.get_by_label("Van", exact=True).fill("2027-05-24T09:00")
    tineke.get_by_label("Tot", exact=True).fill("2027-05-28T17:00")
    tineke.get_by_role("button", name="Verstuur het verzoek").click()
    assert "0 van 3" in tineke.locator("main").inner_text()
    look(tineke, "aftercare")
    address = tineke.url
    bart = log_in("bart.nijhof", desk=True)
    bart.goto(address)
    bart.locator("input[name=wie]").first.check()
    bart.get_by_role("button", name="Bied deze mensen aan").click()
    bart.get_by_role("button", name="Komt").first.click()
    tineke.goto(address)
    assert "1 van 3" in tineke.locator("main").inner_text()
