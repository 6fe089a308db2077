"""S02: after an armed robbery two people are helped, one wants no help, and each is reached as agreed."""

import re

import pytest

from tests.journeys.conftest import wait_for
from tests.journeys.helping import give, refer, send, text_of
from tests.journeys.test_accessibility import violations

CLOCK = "2027-02-03T18:20"
OWN_PAGES = (
    "/mijn/hulp/", "/mijn/hulp/berichten/", "/mijn/hulp/stukken/", "/mijn/hulp/klacht/",
    "/mijn/hulp/meekijken/", "/mijn/hulp/contact/", "/mijn/hulp/vragen/",
)  # fmt: skip
pytestmark = pytest.mark.journey


def the_police_send_two_and_count_one(nabij, log_in, look):
    """Elske and Tijs said yes; of Miriam, who said no, nothing is kept (S02-3)."""
    hester = log_in("hester.blom", desk=True)
    refer(hester, "Elske Rademaker", "06-00000051", topic="EVT-12", happened="2027-02-03")
    assert "Verstuurd" in send(hester)
    refer(hester, "Tijs Vonk", "06-00000052", topic="EVT-12", happened="2027-02-03")
    hester.get_by_label("bericht in een app").check()
    hester.get_by_label("Alleen vanaf").fill("10:00")
    hester.locator("input[name=until_time]").fill("14:00")
    hester.get_by_label("Wij hebben een individuele beoordeling gedaan").check()
    hester.get_by_text("Tweede deel:").click()
    hester.get_by_label("Uw zaaknummer").fill("PL1300-2027 88")
    hester.get_by_label("Beoordeeld op").fill("2027-02-03")
    hester.locator("select[name=retaliation]").select_option("possible")
    look(hester, "refer")
    assert "Verstuurd" in send(hester)
    hester.goto("/werk/verwijzen/geen-hulp/")
    hester.locator("select[name=municipality]").select_option(label="Waterdijk")
    hester.locator("input[name=happened_on]").fill("2027-02-03")
    hester.locator("select[name=topic]").select_option("EVT-12")
    hester.get_by_role("button", name="Tel mee").click()
    assert "Er is niets over deze persoon bewaard" in hester.locator("main").inner_text()
    (cases,) = nabij.rows("SELECT count(*) FROM cases_case WHERE happened_on = '2027-02-03'")[0]
    (declined,) = nabij.rows("SELECT count(*) FROM cases_declinedhelp")[0]
    assert (cases, declined) == (2, 1)
    return hester


def the_municipality_is_told_a_number(nabij, log_in, look):
    """S02-1: a robbery, three people, no names; one message that says nothing of it."""
    marit = log_in("marit.schouten", desk=True)
    page = text_of(marit, "/werk/")
    assert "3 personen getroffen, van wie 0 jonger dan 16" in page
    assert "Overval, Waterdijk, 03-02-2027" in page
    for name in ("Elske", "Tijs", "Rademaker", "Vonk"):
        assert name not in page
    look(marit, "told")
    told = nabij.rows("SELECT subject FROM notify_message WHERE template = 'police_counted'")
    assert {row[0] for row in told} == {"Er staat iets nieuws op uw pagina"}


def three_attempts_never_a_letter_after_two(nabij, ayla, address, look):
    """Thursday 10:15, Thursday 18:40, Friday 12:30 reached (S02-5)."""
    for moment in ("2027-02-04T10:15", "2027-02-04T18:40"):
        nabij.clock(moment)
        ayla.goto(f"{address}bellen/")
        ayla.get_by_role("button", name="Toon het nummer").click()
        ayla.get_by_role("link", name="06 00000051").wait_for()
        ayla.goto(f"{address}poging/")
        ayla.get_by_label("geen gehoor").check()
        ayla.get_by_role("button", name="Bewaren").click()
    ayla.goto(f"{address}brief/")
    ayla.get_by_role("button", name="De brief is verstuurd").click()
    assert "Een brief gaat pas na 3 pogingen uit." in ayla.locator("main").inner_text()
    nabij.clock("2027-02-05T12:30")
    ayla.goto(f"{address}poging/")
    ayla.get_by_label("bereikt", exact=True).check()
    ayla.get_by_role("button", name="Bewaren").click()
    look(ayla, "reached")
    rows = nabij.rows(
        "SELECT number, outcome FROM support_attempt WHERE case_id = %s ORDER BY number",
        address.rstrip("/").rpartition("/")[2],
    )
    assert rows == [(1, "no_answer"), (2, "no_answer"), (3, "reached")]


def ask_the_police(ayla, address, look):
    """No assessment came: a visit waits until somebody called the police about it."""
    ayla.goto(f"{address}afspraak/")
    ayla.locator("select[name=kind]").select_option("visit")
    ayla.get_by_label("Van", exact=True).fill("2027-02-09T10:30")
    ayla.get_by_label("Tot", exact=True).fill("2027-02-09T11:30")
    ayla.get_by_label("Deze persoon zegt ja").check()
    ayla.get_by_role("button", name="Bewaren").click()
    assert "Bel eerst de politie" in ayla.locator("main").inner_text()
    look(ayla, "ask_the_police")
    ayla.goto(address)
    ayla.get_by_role("button", name="politie vragen").click()


def an_interpreter(ayla, address, look):
    """What the appointment needs is booked by a language and a time, and stands beside it."""
    ayla.goto(address)
    assert "tolk nog niet geregeld" in ayla.locator("main").inner_text()
    ayla.get_by_role("link", name="Naar de tolk").click()
    ayla.get_by_label("Nummer van de boeking").fill("T-4471")
    look(ayla, "interpreter")
    ayla.get_by_role("button", name="Bewaren").click()
    assert "tolk geregeld" in ayla.locator("main").inner_text()


def a_visit_with_a_yes_and_a_risky_one_with_the_leader(log_in, ayla, olaf, elske, tijs, look):
    """The police are asked first; Elske is visited alone, Tijs by two after the leader agreed (S02-6)."""
    ask_the_police(ayla, elske, look)
    for address, second in ((elske, ""), (tijs, "Jonas Veld")):
        ayla.goto(f"{address}afspraak/")
        ayla.locator("select[name=kind]").select_option("call" if second else "visit")
        ayla.get_by_label("Van", exact=True).fill("2027-02-09T10:30")
        ayla.get_by_label("Tot", exact=True).fill("2027-02-09T11:30")
        ayla.get_by_role("button", name="Bewaren").click()
        assert "Zonder ja van deze persoon maken we geen afspraak." in ayla.locator("main").inner_text()
        ayla.locator("select[name=interpreter]").select_option("" if second else "tr")
        ayla.get_by_label("Deze persoon zegt ja").check()
        ayla.get_by_role("button", name="Bewaren").click()
        if not second:
            assert "De afspraak staat." in ayla.locator("main").inner_text()
            an_interpreter(ayla, elske, look)
    assert "Niet via bellen" in ayla.locator("main").inner_text()
    ayla.goto(tijs)
    if ayla.get_by_role("button", name="politie vragen").count():
        ayla.get_by_role("button", name="politie vragen").click()
    ayla.goto(f"{tijs}regel/")
    ayla.get_by_label("bezoek").check()
    ayla.get_by_role("button", name="Spreek dit af").click()
    ayla.goto(f"{tijs}afspraak/")
    ayla.locator("select[name=kind]").select_option("visit")
    ayla.get_by_label("Van", exact=True).fill("2027-02-09T10:30")
    ayla.get_by_label("Tot", exact=True).fill("2027-02-09T11:30")
    ayla.get_by_label("Deze persoon zegt ja").check()
    ayla.get_by_role("button", name="Bewaren").click()
    assert "Hier gaat u niet alleen heen" in ayla.locator("main").inner_text()
    ayla.locator("select[name=second]").select_option(label="Jonas Veld")
    ayla.get_by_role("button", name="Bewaren").click()
    assert "wacht op de teamleider" in ayla.locator("main").inner_text()
    olaf.goto(tijs)
    olaf.get_by_role("button", name="Keur goed").click()
    assert "wacht op de teamleider" not in text_of(ayla, tijs)
    look(ayla, "tijs")


def test_two_people_are_helped_and_one_is_left_alone(nabij, log_in, visit, look):
    nabij.clock(CLOCK)
    the_police_send_two_and_count_one(nabij, log_in, look)
    the_municipality_is_told_a_number(nabij, log_in, look)
    olaf = log_in("olaf.kruit", desk=True)
    elske = give(olaf, "Elske Rademaker", "Ayla Demir")
    tijs = give(olaf, "Tijs Vonk", "Ayla Demir")
    ayla = log_in("ayla.demir")
    page = text_of(ayla, tijs)
    for words in ("niveau 2", "Contact alleen via: bericht in een app", "Alleen tussen 10.00 en 14.00 uur"):
        assert words in page
    ayla.goto(f"{tijs}bellen/")
    ayla.get_by_label("Ik heb de contactregel gelezen").check()
    ayla.get_by_role("button", name="Toon het nummer").click()
    assert "Niet via bellen" in ayla.locator("main").inner_text()
    three_attempts_never_a_letter_after_two(nabij, ayla, elske, look)
    plan = text_of(ayla, elske)
    assert "Advies om nieuwe schade te voorkomen." in plan
    assert "casemanager toewijzen" not in plan.lower()
    for day in ("woensdag 10 februari", "woensdag 10 maart"):
        assert day in plan
    a_visit_with_a_yes_and_a_risky_one_with_the_leader(log_in, ayla, olaf, elske, tijs, look)
    olaf.goto(f"{elske}casemanager/")
    olaf.get_by_label("Waarom hebt u dit nodig?").fill("Winkel al drie keer overvallen")
    olaf.get_by_role("button", name="Bewaren").click()
    assert "Casemanager toewijzen" in olaf.locator("main").inner_text()
    give(olaf, "Elske Rademaker", "Rinske Bouma", "case_manager")
    assert "Rinske Bouma, casemanager" in olaf.locator("main").inner_text()
    the_person_steers(nabij, ayla, elske, visit, look)


def the_person_steers(nabij, helper, address, visit, look):
    """Elske gives a yes, comes in with a code by text message, sees who read and takes it back."""
    helper.goto(f"{address}toestemming/")
    helper.locator("select[name=receiver]").select_option("social_team")
    helper.get_by_label("dat u bij ons hulp krijgt").check()
    helper.get_by_label("ja", exact=True).check()
    helper.get_by_role("button", name="Bewaar het antwoord").click()
    page = visit("/mijn/inloggen/")
    page.get_by_label("E-mailadres of telefoonnummer").fill("06-00000051")
    page.get_by_role("button", name="Stuur mij een code").click()
    page.wait_for_url("**/mijn/code/**")
    message = wait_for(lambda: nabij.messages_to("+31600000051"), why="no code came")[0]
    code = re.search(r"\d{6}", message["body"]).group()
    page.get_by_label("Code van zes cijfers").fill(code)
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("link", name="Mijn hulp").click()
    text = page.locator("main").inner_text()
    for words in (
        "Ayla, hulpverlener",
        "Uw verhaal vertellen",
        "Sociaal team van de gemeente",
    ):
        assert words in text
    assert "Demir" not in text
    look(page, "own")
    for path in OWN_PAGES:
        page.goto(path)
        look(page, path.strip("/").replace("/", "-"))
        assert violations(page) == []
    page.goto("/mijn/hulp/")
    page.get_by_role("button", name="Zet uit").click()
    assert "ingetrokken" in page.locator("main").inner_text()
    assert "ingetrokken" in text_of(helper, address)
