"""S06-6: a neighbourhood team tells of a place without names; two sides decide, small numbers stay small."""

import pytest

CLOCK = "2027-05-19T18:00"
pytestmark = pytest.mark.journey


def tell(page, text: str) -> str:
    """A signal about a block of flats; gives what the page says then."""
    page.goto("/werk/signalen/nieuw/")
    page.get_by_label("een plek of buurt").check()
    page.locator("select[name=subject]").select_option("door_scam")
    page.locator("select[name=municipality]").select_option(label="Waterdijk")
    page.get_by_label("Welke plek of buurt?").fill("Meeuwenflat")
    page.get_by_label("Wat ziet u?").fill(text)
    page.get_by_role("button", name="Verstuur").click()
    return str(page.locator("main").inner_text())


def choose(page, address: str) -> str:
    """Choose the campaign; gives what the page says then."""
    page.goto(address)
    page.get_by_label("uitleg voor de hele buurt").check()
    page.get_by_role("button", name="Kies dit").click()
    return str(page.locator("main").inner_text())


def test_a_place_without_names_and_two_who_decide(nabij, log_in, look):
    nabij.clock(CLOCK)
    noa = log_in("noa.visser")
    refused = tell(noa, "Mevrouw De Groot is opgelicht")
    assert "Dit lijkt over één persoon te gaan" in refused
    assert noa.get_by_label("Welke plek of buurt?").input_value() == "Meeuwenflat"
    look(noa, "refused")
    assert "Oplichting aan de deur" in tell(noa, "Ouderen melden het niet.")
    noa.get_by_role("link", name="Oplichting aan de deur").first.click()
    address = noa.url
    assert "gemeente: uitleg voor de hele buurt" in choose(log_in("marit.schouten"), address)
    olaf = log_in("olaf.kruit", desk=True)
    assert "Uitleg voor de hele buurt" in choose(olaf, address)
    olaf.get_by_label("Hoeveel mensen zijn bereikt?").fill("7")
    olaf.get_by_role("button", name="Bewaren").click()
    assert "7 mensen bereikt" in olaf.locator("main").inner_text()
    look(olaf, "decided")
    noa.goto(address)
    assert "<10 mensen bereikt" in noa.locator("main").inner_text()
    look(noa, "result")
