"""S06: a wave of burglary; the fourth report opens it, letters to unique addresses, nobody named."""

import re

import pytest
from playwright.sync_api import expect

CLOCK = "2027-11-01"
pytestmark = pytest.mark.journey
DAYS = (1, 2, 4, 5, 6, 8, 9, 11, 12, 13, 14)  # nine homes, two businesses


def report(page, day, kind, wants_contact):
    """One report by the police; gives what the page says then."""
    page.goto("/werk/golven/melden/")
    page.get_by_label(kind).check()
    page.locator("select[name=municipality]").select_option(label="Waterdijk")
    page.get_by_label("Buurt of wijk").fill("Vogelwijk")
    page.locator("input[name=happened_on]").fill(f"2027-11-{day:02}")
    if wants_contact:
        page.get_by_label("Deze persoon wil contact").check()
    page.get_by_role("button", name="Meld", exact=True).click()
    return str(page.locator("body").inner_text())


def circle(page, kind, first, last):
    """The houses around one burglary; gives what the page says then."""
    page.get_by_role("link", name="Adressen toevoegen").click()
    page.get_by_label(kind).check()
    page.get_by_label("Adressen").fill("\n".join(f"Merelstraat {number}" for number in range(first, last)))
    page.get_by_role("button", name="Voeg toe").click()
    return str(page.locator("body").inner_text())


def test_a_wave_from_the_fourth_report_to_its_letters(nabij, log_in, look):
    nabij.clock("2027-11-01T09:00")
    hester = log_in("hester.blom", desk=True)
    said = []
    for number, day in enumerate(DAYS):
        nabij.clock(f"2027-11-{day:02}T09:00")
        kind = "inbraak in een bedrijf" if number in (3, 7) else "inbraak in een woning"
        said.append("Dit hoort bij een golf" in report(hester, day, kind, number < 8))
    assert said == [False] * 3 + [True] * 8
    look(hester, "reported")
    opened = "SELECT (opened_at AT TIME ZONE 'Europe/Amsterdam')::date::text FROM campaigns_wave"
    assert nabij.rows(opened) == [("2027-11-05",)]

    marit = log_in("marit.schouten", desk=True)
    marit.goto("/werk/golven/")
    marit.get_by_role("link", name=re.compile("Vogelwijk")).first.click()
    page = marit.locator("main").inner_text()
    for label, number in (("Meldingen", 11), ("Wil contact", 8), ("Wil geen contact", 3)):
        assert re.search(rf"{label}[^\d]*{number}\b", page), label
    assert "bewonersbijeenkomst" in page
    assert "200 van 200" in circle(marit, "inbraak in een woning", 1, 201)
    assert "112 van 140" in circle(marit, "inbraak in een woning", 173, 313)
    assert re.search(r"Adressen voor een brief[^\d]*312\b", marit.locator("main").inner_text())
    assert "Merelstraat" not in marit.locator("main").inner_text()
    look(marit, "wave")
    reach_who_said_yes(nabij, log_in, look)
    marit.reload()
    assert re.search(r"Bereikt\s*8\b", marit.locator("main").inner_text())
    quiet(nabij, marit)


def reach_who_said_yes(nabij, log_in, look):
    """Victim support counts the eight who said yes; of the three others there is nothing to press."""
    olaf = log_in("olaf.kruit", desk=True)
    olaf.goto("/werk/golven/")
    olaf.get_by_role("link", name=re.compile("Vogelwijk")).first.click()
    look(olaf, "to-call")
    for left in range(8, 0, -1):
        buttons = olaf.get_by_role("button", name="Bereikt")
        expect(buttons).to_have_count(left)
        buttons.first.click()
    expect(olaf.get_by_role("button", name="Bereikt")).to_have_count(0)


def quiet(nabij, marit):
    """S06-8: what does not exist cannot be reached: no list, no search of residents by trait."""
    for address in ("/werk/bewoners/", "/werk/kwetsbaren/", "/werk/golven/bewoners/", "/werk/golven/export/"):
        answer = marit.goto(address)
        assert answer is not None
        assert answer.status == 404
