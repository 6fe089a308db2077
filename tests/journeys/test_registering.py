"""Somebody hit by an event registers on a phone, comes back with a code, changes it and withdraws."""

import re
import time

import pytest

from tests.journeys.centres import (
    CENTRE,
    approve_all,
    fill_commission,
    go_live,
    order,
    path_of,
    site_of,
    write_message,
)
from tests.journeys.conftest import wait_for
from tests.journeys.living import ask_for_help, newest_incident

CLOCK = "2027-05-19"
pytestmark = pytest.mark.journey
REFERENCE = re.compile(r"^[A-Z][a-z]+ [A-Z][a-z]+ \d{4}$")
EXIT = re.compile(r"^https://www\.buienradar\.nl/")
found: dict[str, str] = {}


@pytest.fixture
def site(nabij, log_in):
    """A live centre, made once; gives its address."""
    if "site" not in found:
        nabij.clock("2027-05-19T10:00")
        nadia = log_in("nadia.vroom")
        ask_for_help(nadia, place="Winkelcentrum De Gaarde")
        found["incident"] = newest_incident(nabij)
        nadia.goto(f"/werk/iac/opdracht/{found['incident']}/")
        fill_commission(nadia, name="Explosie bij De Gaarde", controller="Gemeente Amsterdam")
        order(nadia)
        nadia.wait_for_url(CENTRE)
        centre = path_of(nadia)
        write_message(log_in("lin.chen"), centre, "Er was een explosie.", "There was an explosion.")
        owen = log_in("owen.baas")
        approve_all(owen, centre)
        go_live(owen, centre)
        assert "Live na" in owen.locator("main").inner_text()
        found["site"] = site_of(nabij, centre)
    return found["site"]


def open_form(visit, path, **how):
    """The form from the page of the centre, as soon as that is public."""
    page = visit(path, **how)
    wait_for(lambda: page.reload().ok, why="the centre is not public")
    page.get_by_role("link", name=re.compile("Aanmelden|Register|Meld")).first.click()
    page.wait_for_url(f"**{path}aanmelden/")
    return page


def choose(page, question, answer):
    page.get_by_role("group", name=re.compile(question)).get_by_label(answer, exact=True).check()


def press(page, name="Aanmelden"):
    page.locator("main form").get_by_role("button", name=name).click()


def receipt(page):
    """The reference on the receipt, as people say it aloud."""
    page.locator("h1", has_text=re.compile("Ontvangen|Received")).wait_for()
    reference = page.locator(".reference").inner_text()
    assert REFERENCE.match(reference), reference
    return reference


def drained(nabij, reference):
    """How long it took until this registration was a row."""
    since = time.monotonic()
    sql = "SELECT count(*) FROM people_registration WHERE reference = %s"
    wait_for(lambda: nabij.rows(sql, reference) == [(1,)], why="it is not in the database")
    return time.monotonic() - since


def register(nabij, visit, site, name, *, email=""):
    """A short registration, in the database."""
    page = open_form(visit, site)
    page.get_by_label("Ik woon in de buurt").check()
    page.get_by_label("Uw naam").fill(name)
    page.get_by_label("E-mailadres").fill(email)
    press(page)
    reference = receipt(page)
    drained(nabij, reference)
    return reference


def code_for(nabij, recipient, *, but=""):
    """The newest code that this phone or mailbox received."""

    def newest():
        codes = [re.search(r"\b\d{6}\b", message["body"]) for message in nabij.messages_to(recipient)]
        return next((code.group() for code in codes if code and code.group() != but), "")

    return wait_for(newest, why="no code came")


def ask_code(page, address):
    page.goto("/mijn/inloggen/")
    page.get_by_label("E-mailadres of telefoonnummer").fill(address)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.wait_for_url("**/mijn/code/**")


def test_registering_on_a_phone(nabij, visit, log_in, look, site):
    """Wrong input beside the field, three consents, a receipt; counts and names where they belong."""
    page = open_form(visit, site)
    assert page.title() == "Aanmelden"
    look(page, "form")
    press(page)
    name = page.locator(".field", has=page.get_by_label("Uw naam"))
    assert "Vul dit in." in name.inner_text()
    page.get_by_label("Ik heb iemand verloren").check()
    page.get_by_label("Uw naam").fill("Fatima 🌷 فاطمة")
    page.get_by_label("Telefoonnummer").fill("twaalf")
    page.get_by_label("E-mailadres").fill("fatima@@example")
    choose(page, "Slachtofferhulp", "Ja")
    press(page)
    for label, wrong, typed in (
        ("Telefoonnummer", "Dit telefoonnummer klopt niet", "twaalf"),
        ("E-mailadres", "Dit e-mailadres klopt niet", "fatima@@example"),
    ):
        field = page.locator(".field", has=page.get_by_label(label))
        assert wrong in field.inner_text()
        assert page.get_by_label(label).input_value() == typed
    assert page.get_by_label("Uw naam").input_value() == "Fatima 🌷 فاطمة"
    assert page.get_by_role("group", name=re.compile("Slachtofferhulp")).get_by_label("Ja").is_checked()
    look(page, "wrong")
    page.get_by_label("Telefoonnummer").fill("06-00000091")
    page.get_by_label("E-mailadres").fill("fatima@example.nl")
    choose(page, "GGD", "Nee")
    choose(page, "gemeente", "Ja")
    choose(page, "vandaag", "Ja, vandaag")
    press(page)
    reference = receipt(page)
    look(page, "receipt")
    assert drained(nabij, reference) < 2
    assert "Fatima" not in page.evaluate("JSON.stringify({...sessionStorage})")
    consents = nabij.rows(
        "SELECT c.receiver, c.is_given, c.text_version <> '' FROM people_consent c"
        " JOIN people_registration r ON r.id = c.registration_id WHERE r.reference = %s ORDER BY 1",
        reference,
    )
    assert consents == [("ggd", False, True), ("municipality", True, True), ("victim_support", True, True)]

    # the municipality reads counts, never names; the registrar reads names, and that is written down
    nadia = log_in("nadia.vroom")
    nadia.goto(f"/werk/gebeurtenissen/{found['incident']}/")
    wait_for(lambda: "Aangemeld" in nadia.locator("main").inner_text())
    assert "Fatima" not in nadia.content()
    look(nadia, "room")
    lists = f"/werk/gebeurtenissen/{found['incident']}/aanmeldingen/"
    assert nadia.goto(lists).status in (403, 404)
    read = "SELECT count(*) FROM audit_readentry"
    before = nabij.rows(read)[0][0]
    daan = log_in("daan.oort", desk=True)
    daan.goto(lists)
    row = daan.locator("tr", has_text=reference)
    assert "Fatima 🌷 فاطمة" in row.inner_text()
    assert "Vandaag" in row.inner_text()
    assert nabij.rows(read)[0][0] > before
    look(daan, "names")


AS_IT_WAS = """key => {
  document.querySelector("[data-form-key]").value = key;
  dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}));
}"""


def test_somebody_else_after_back_is_a_form_of_its_own(nabij, visit, site):
    """The neighbour who registers in the same tab, on the form as Back brings it, corrects nobody."""
    page = open_form(visit, site)
    references = []
    for name, phone in (("Greet Eerst", "06-00000095"), ("Henk Daarna", "06-00000096")):
        page.get_by_label("Ik woon in de buurt").check()
        page.get_by_label("Uw naam").fill(name)
        page.get_by_label("Telefoonnummer").fill(phone)
        key = page.locator("[data-form-key]").input_value()
        press(page)
        references.append(receipt(page))
        page.go_back()
        page.evaluate(AS_IT_WAS, key)  # as phones do, which keep the page itself
    sql = "SELECT reference, state FROM people_registration WHERE reference IN (%s, %s)"
    wanted = sorted((each, "new") for each in references)
    assert len(set(references)) == 2
    wait_for(lambda: sorted(nabij.rows(sql, *references)) == wanted, why="they are not two people")


def test_without_scripts_in_english_and_without_an_address(nabij, visit, log_in, look, site):
    """One step more, a receipt that asks to call; the same step sent twice is one registration."""
    page = open_form(visit, f"/en{site}", javascript=False)
    assert page.title() == "Register"
    look(page, "form")
    page.get_by_label("I was there or saw it").check()
    page.get_by_label("Your name").fill("יעל 👩‍👧 O’Brien-Ньютон")
    page.get_by_label("Yes, today").check()
    press(page, "Register")
    page.locator("h1", has_text="Is this right?").wait_for()
    assert "יעל 👩‍👧 O’Brien-Ньютон" in page.locator("main").inner_text()
    look(page, "confirm")
    sent = page.locator("main form input").evaluate_all("all => all.map(each => [each.name, each.value])")
    action = page.locator("main form").get_attribute("action")
    press(page, "Yes, register me")
    reference = receipt(page)
    assert "we cannot reach you" in page.locator("main").inner_text()
    assert re.search(r"\d{4}", page.locator("main a[href^='tel:']").first.inner_text())
    look(page, "receipt")
    again = page.request.post(action, form=dict(sent), headers={"Origin": nabij.url})
    assert reference in again.text()
    drained(nabij, reference)
    time.sleep(1)
    assert nabij.rows("SELECT count(*) FROM people_registration WHERE reference = %s", reference) == [(1,)]
    daan = log_in("daan.oort")
    daan.goto(f"/werk/gebeurtenissen/{found['incident']}/aanmeldingen/")
    assert "יעל 👩‍👧 O’Brien-Ньютон" in daan.locator("main").inner_text()
    look(daan, "names")


def test_coming_back_with_a_code(nabij, visit, look, site):
    """Look, change and withdraw with a code; a wrong code five times closes it."""
    register(nabij, visit, site, "Ilse Terug", email="ilse.terug@example.nl")
    page = visit("/mijn/")
    page.wait_for_url("**/mijn/inloggen/")
    look(page, "login")
    ask_code(page, "Ilse.Terug@example.nl")
    code = code_for(nabij, "ilse.terug@example.nl")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        page.get_by_label("Code van zes cijfers").fill(wrong)
        page.get_by_role("button", name="Verder").click()
        assert "Deze code klopt niet" in page.locator("main").inner_text()
    look(page, "wrong-code")
    page.get_by_label("Code van zes cijfers").fill(code)
    page.get_by_role("button", name="Verder").click()
    assert "Deze code klopt niet" in page.locator("main").inner_text()

    ask_code(page, "ilse.terug@example.nl")
    page.get_by_label("Code van zes cijfers").fill(code_for(nabij, "ilse.terug@example.nl", but=code))
    page.get_by_role("button", name="Verder").click()
    page.wait_for_url("**/mijn/")
    assert page.title() == "Mijn aanmelding"
    assert "Ilse Terug" in page.locator("main").inner_text()
    look(page, "own")
    page.get_by_role("link", name="Veranderen").click()
    look(page, "change")
    page.get_by_label("Telefoonnummer").fill("06-00000093")
    choose(page, "GGD", "Ja")
    page.get_by_role("button", name="Bewaren").click()
    page.wait_for_url("**/mijn/?veranderd")
    assert "0000093" in page.locator("main").inner_text().replace(" ", "")
    look(page, "changed")
    given = (
        "SELECT count(*) FROM people_consent c JOIN people_registration r ON r.id = c.registration_id"
        " WHERE r.reference = %s AND c.is_given AND c.withdrawn_at IS NULL"
    )
    reference = page.locator(".reference").inner_text()
    assert nabij.rows(given, reference) == [(1,)]
    page.get_by_role("link", name="Intrekken").click()
    look(page, "withdraw")
    page.get_by_role("button", name="Ja, trek mijn aanmelding in").click()
    assert "Ingetrokken." in page.locator("main").inner_text()
    look(page, "withdrawn")
    assert nabij.rows(given, reference) == [(0,)]
    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/mijn/")
    page.wait_for_url("**/mijn/inloggen/")


@pytest.mark.parametrize("way", ["button", "escape"])
def test_quick_exit_clears_what_was_typed(visit, site, way):
    """The button, or Escape three times: another page, and nothing stays in this tab."""
    page = open_form(visit, site)
    page.context.route(
        EXIT, lambda route: route.fulfill(body="<title>Weer</title>", content_type="text/html")
    )
    page.get_by_label("Uw naam").fill("Niemand Ziet Dit")
    assert "Niemand" in page.evaluate("JSON.stringify({...sessionStorage})")
    if way == "button":
        page.locator("[data-quick-exit]").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url(EXIT)
    assert page.title() == "Weer"
    page.go_back()
    page.goto(f"{site}aanmelden/")
    assert page.get_by_label("Uw naam").input_value() == ""
    assert "Niemand" not in page.evaluate("JSON.stringify({...sessionStorage})")


def test_registering_by_keyboard_alone(nabij, visit, site):
    """Tab, arrows, space and Enter are enough, from the centre to the receipt."""
    page = visit(site)
    wait_for(lambda: page.reload().ok, why="the centre is not public")

    def tab_to(what, most=80):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("what => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"Tab never reached {what}")

    tab_to("main a.button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{site}aanmelden/")
    tab_to("[name=relation]")
    page.keyboard.press("Space")
    tab_to("[name=name]")
    page.keyboard.type("Toos Toets")
    tab_to("[name=urgent]")
    page.keyboard.press("ArrowDown")
    tab_to("[name=consent_victim_support]")
    page.keyboard.press("Space")
    tab_to("main form button[type=submit]")
    page.keyboard.press("Enter")
    assert drained(nabij, receipt(page)) < 2
