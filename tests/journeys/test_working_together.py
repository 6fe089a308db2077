"""Municipality and victim support together: advice, contacts, knowledge, a protocol, a flyer, a meeting."""

import re

import pytest

from tests.journeys.living import ask_for_help, newest_incident

CLOCK = "2027-03-08"
pytestmark = pytest.mark.journey


def press(page, name=None):
    """The main button of the form on this page."""
    button = page.get_by_role("button", name=name) if name else page.locator("main form button[type=submit]")
    button.first.click()
    return str(page.locator("body").inner_text())


def test_a_question_for_advice_and_a_call_on_the_line(nabij, log_in, look):
    """SVC-05: asked with a moment, answered with function and date; SVC-12: a call is written down."""
    nabij.clock("2027-03-08T10:00")
    nadia = log_in("nadia.vroom")
    nadia.goto("/werk/advies/vraag/nieuw/")
    nadia.locator("select[name=topic]").select_option(label="Explosie")
    nadia.get_by_label("Wat is uw vraag?").fill("Hoe vertellen wij de straat dat het onderzoek lang duurt?")
    nadia.get_by_label(re.compile("Binnen|werkdag|Vandaag")).first.check()
    assert "uiterlijk" in press(nadia)
    look(nadia, "asked")
    asked = nadia.url
    noor = log_in("noor.wessels", desk=True)
    noor.goto(asked)
    press(noor, "Ik pak deze op")
    noor.get_by_role("textbox", name="Uw advies").fill(
        "Zeg wat u weet, en wanneer het volgende bericht komt."
    )
    press(noor)
    nadia.goto(asked)
    told = nadia.locator("main").inner_text()
    assert "wanneer het volgende bericht komt" in told
    assert "maandag 8 maart" in told
    look(nadia, "answered")
    noor.goto("/werk/advies/lijn/nieuw/")
    noor.locator("select[name=caller]").select_option(index=1)
    noor.get_by_label("Welke functie heeft de beller?").fill("wijkagent")
    noor.locator("select[name=topic]").select_option(label="Explosie")
    noor.get_by_label("Wat was de vraag?").fill("Wie gaat er mee de wijk in?")
    noor.get_by_label("Wat hebt u gezegd?").fill("Twee mensen, morgen om tien uur.")
    noor.locator("input[name=minutes]").fill("7")
    press(noor)
    noor.goto("/werk/advies/lijn/")
    assert re.search(r"Gemeente\s+1\s+7", noor.locator("main").inner_text()), "one call of seven minutes"
    look(noor, "line")


def test_a_district_has_a_contact_was_briefed_and_knowledge_is_shared(nabij, log_in, look):
    """SVC-03, 09, 10, 11."""
    nabij.clock("2027-03-08T11:00")
    nadia, olaf = log_in("nadia.vroom"), log_in("olaf.kruit", desk=True)
    nadia.goto("/werk/kennis/wijken/nieuw/")
    nadia.get_by_label("Naam van de wijk").fill("Noord")
    press(nadia)
    nadia.goto("/werk/kennis/wijken/")
    nadia.get_by_role("link", name=re.compile("Noord")).first.click()
    district = nadia.url.rstrip("/").rpartition("/")[2]
    nadia.goto(f"/werk/advies/wijk/{district}/contact/")
    nadia.get_by_label("Wie is de vaste contactpersoon?").select_option(index=1)
    press(nadia)
    nadia.goto(f"/werk/kennis/wijk/{district}/")
    nadia.locator("input[name=held_on]").fill("2027-03-05")
    press(nadia, re.compile("voorlichting|Bewaar|Schrijf"))
    look(nadia, "district")
    assert "Nadia Vroom" in nadia.locator("main").inner_text()
    nadia.goto("/werk/kennis/wijken/")
    look(nadia, "districts")
    olaf.goto("/werk/kennis/artikel/nieuw/")
    olaf.get_by_label("Titel").fill("Een straat na een explosie")
    olaf.locator("select[name=topics]").select_option(index=0)
    olaf.get_by_label("Tekst").fill("Ga dezelfde dag nog langs. Zeg niet meer dan u weet.")
    assert "Ga dezelfde dag" in press(olaf)
    nadia.goto("/werk/kennis/")
    assert "Een straat na een explosie" in nadia.locator("main").inner_text()
    olaf.goto("/werk/kennis/deuren/nieuw/")
    olaf.get_by_label("Welke partner?").fill("GGD")
    olaf.get_by_label("Op welke pagina of plek?").fill("Pagina over hulp na een ramp")
    press(olaf)
    olaf.goto("/werk/kennis/deuren/")
    assert "Pagina over hulp na een ramp" in olaf.locator("main").inner_text()
    look(olaf, "doors")


def test_a_protocol_is_changed_together_and_holds_when_all_agree(nabij, log_in, look):
    """SVC-06 and SVC-07: an example, a change with its reason, and a new version that waits for every yes."""
    nabij.clock("2027-03-08T13:00")
    nadia = log_in("nadia.vroom", desk=True)
    nadia.goto("/werk/protocollen/voorbeelden/")
    assert "Nazorg na een explosie" in nadia.locator("main").inner_text()
    look(nadia, "library")
    nadia.goto("/werk/protocollen/")
    look(nadia, "protocols")
    first = (
        "SELECT v.id FROM protocols_version v JOIN protocols_protocol p ON p.id = v.protocol_id"
        " JOIN accounts_organisation o ON o.id = p.organisation_id WHERE p.code = 'P-EXP'"
        " AND o.municipality_id = 'GM0363' ORDER BY number DESC LIMIT 1"
    )
    nadia.goto(f"/werk/protocollen/versie/{nabij.rows(first)[0][0]}/")
    press(nadia, "Maak een nieuwe versie")
    draft = nabij.rows(first)[0][0]
    nadia.goto(f"/werk/protocollen/versie/{draft}/stap/EXP-04/")
    nadia.locator("input[name=number]").fill("120")
    nadia.get_by_label(re.compile("Waarom|reden", re.IGNORECASE)).last.fill("De hal ligt ver weg.")
    press(nadia, "Wijzig de stap")
    nadia.goto(f"/werk/protocollen/versie/{draft}/verschil/")
    changed = nadia.locator("main").inner_text()
    assert "1 uur en 30 minuten" in changed
    assert "2 uur" in changed
    look(nadia, "difference")
    nadia.goto(f"/werk/protocollen/versie/{draft}/")
    press(nadia, "Verstuur voor akkoord")
    state = "SELECT state FROM protocols_version WHERE id = %s"
    assert nabij.rows(state, draft) == [("sent",)]
    look(nadia, "sent")


def test_a_flyer_in_six_languages_is_printed(nabij, log_in, look):
    """SVC-08: both organisations said yes; six languages in one file."""
    nabij.clock("2027-03-08T14:00")
    nadia = log_in("nadia.vroom", desk=True)
    nadia.goto("/werk/drukwerk/")
    look(nadia, "home")
    place = "SELECT id FROM accounts_organisation WHERE municipality_id = 'GM0363' AND kind = 'municipality'"
    nadia.goto(f"/werk/drukwerk/gemeente/{nabij.rows(place)[0][0]}/T-FLY-EXP/printen/")
    for box in nadia.locator("input[name=languages]").all():
        box.check()
    for name, text in (("street", "Kokmeeuwstraat"), ("date", "2027-01-10"), ("phone", "14 020")):
        nadia.locator(f"input[name={name}]").fill(text)
    look(nadia, "fill")
    with nadia.expect_download() as waiting:
        nadia.get_by_role("button", name=re.compile("Maak de PDF|Download")).first.click()
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    assert len(content) > 50_000


def test_a_meeting_of_residents_ends_in_one_message(nabij, log_in, look):
    """S01-11, SVC-50: support is promised, 63 people come, eleven questions become one message."""
    nabij.clock("2027-03-08T15:00")
    nadia = log_in("nadia.vroom", desk=True)
    ask_for_help(nadia, place="Meeuwenplein")
    incident = newest_incident(nabij)
    nadia.goto(f"/werk/bijeenkomsten/gebeurtenis/{incident}/plannen/")
    nadia.get_by_label("Waar?").fill("Buurthuis De Kade, Kade 1")
    nadia.get_by_label("Wanneer?").fill("2027-03-11T19:30")
    press(nadia, "Plan de bijeenkomst")
    nadia.locator("a[href*='/steun/']").click()
    press(nadia)
    meeting = nadia.url
    look(nadia, "asked")
    olaf = log_in("olaf.kruit", desk=True)
    olaf.goto(meeting)
    olaf.get_by_role("link", name="Zeg hoeveel mensen er komen").click()
    olaf.get_by_label("Hoeveel mensen komen er?").fill("2")
    press(olaf)
    nabij.clock("2027-03-11T21:30")
    nadia.goto(meeting)
    nadia.get_by_role("link", name="Hoeveel mensen waren er?").click()
    nadia.get_by_label("Hoeveel mensen waren er?").fill("63")
    press(nadia)
    for number in range(1, 12):
        nadia.goto(f"{meeting}vraag/")
        nadia.get_by_label("Wat was de vraag?").fill(f"Wanneer hoort de straat meer? ({number})")
        nadia.get_by_label("Wie antwoordt?").select_option(label="gemeente")
        press(nadia, "Bewaren")
    nadia.goto(meeting)
    for _each in range(11):
        nadia.get_by_role("link", name="Antwoorden").first.click()
        nadia.get_by_label("Antwoord", exact=True).fill("Elke vrijdag staat er een bericht op de site.")
        press(nadia)
        nadia.goto(meeting)
    nadia.get_by_role("link", name="Publiceer de antwoorden").click()
    press(nadia, "Publiceer als één bericht")
    nadia.goto(meeting)
    told = nadia.locator("main").inner_text()
    assert "63" in told
    assert "11 vragen" in told
    assert "2 van 2" in told
    assert "versie 1" in told
    look(nadia, "published")


def test_partners_of_the_region_are_known_called_at_night_told_and_answer(nabij, log_in, look):
    """SVC-04: who is reached by which number now, who knows them, an agreement, told and received."""
    incident = newest_incident(nabij)
    nabij.clock("2027-03-12T03:10")
    nadia = log_in("nadia.vroom")
    nadia.goto("/werk/partners/nieuw/")
    nadia.get_by_label("Wat voor partner is het?").select_option(label="GGD en GHOR")
    nadia.get_by_label("Hoe heet de partner?").fill("GHOR Amsterdam")
    nadia.get_by_label("Nummer voor de nacht en het weekend").fill("0600000393")
    nadia.get_by_label("Wie neemt dan op?").fill("officier van dienst")
    press(nadia, "Voeg toe")
    partner = nadia.url
    nadia.goto(f"{partner}afspraak/")
    nadia.get_by_label("Wat is afgesproken?").fill("Convenant psychosociale hulp")
    nadia.get_by_label("Wanneer bekijkt u dit samen opnieuw?").fill("2028-03-12")
    assert "Convenant psychosociale hulp" in press(nadia)
    nadia.goto(f"/werk/partners/moment/{partner.rstrip('/').rpartition('/')[2]}/")
    nadia.get_by_label("Samen geoefend").check()
    assert "Samen geoefend" in press(nadia)
    look(nadia, "partner")
    nadia.goto("/werk/partners/")
    assert "nummers voor de nacht" in nadia.locator("main").inner_text()
    look(nadia, "overview")
    nadia.goto(f"/werk/partners/gebeurtenis/{incident}/")
    nadia.locator("main a[href='tel:+31600000393']").first.wait_for()
    press(nadia, re.compile("Nu ingelicht.*GHOR"))
    told = press(nadia, re.compile("Zij hebben het ontvangen.*GHOR"))
    assert "1 van 8 ingelicht" in told
    assert "ontvangen om 03:1" in told
    look(nadia, "told")
