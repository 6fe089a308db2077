"""What several journeys do with people who are helped: sent by the police, given to a helper, opened."""

from playwright.sync_api import Page


def refer(page: Page, name: str, phone: str, *, topic: str, happened: str, address: str = "") -> None:
    """Fill in the first part of a referral by the police; what is special the journey adds."""
    page.goto("/werk/verwijzen/")
    page.locator("input[name=name]").fill(name)
    page.get_by_label("Telefoon").fill(phone)
    page.get_by_label("Adres", exact=False).first.fill(address)
    page.locator("select[name=topic]").select_option(topic)
    page.locator("input[name=happened_on]").fill(happened)
    page.locator("select[name=municipality]").select_option(label="Waterdijk")


def send(page: Page) -> str:
    """Say that the person agreed, and send; gives what the page says then."""
    page.get_by_label("Deze persoon zegt ja").check()
    page.get_by_role("button", name="Verstuur").click()
    return page.locator("main").inner_text()


def give(leader: Page, name: str, helper: str, part: str = "main") -> str:
    """The leader gives this person's case to a helper; gives the address of the case."""
    leader.goto("/werk/dossiers/zoeken/")
    leader.get_by_label("Naam").fill(name)
    leader.get_by_role("button", name="Zoek", exact=True).click()
    leader.get_by_role("link", name=name).click()
    address = leader.url
    leader.goto(f"{address}toewijzen/?als={part}")
    leader.get_by_label(helper).check()
    leader.get_by_role("button", name="Wijs toe").click()
    leader.wait_for_url(address)
    return address


def text_of(page: Page, address: str) -> str:
    """What stands on the page at this address."""
    page.goto(address)
    return page.locator("main").inner_text()
