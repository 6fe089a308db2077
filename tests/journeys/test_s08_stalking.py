"""S08: a stalked woman with a secret address; three named people know of her, nobody else finds anything."""

import re

import pytest

from tests.journeys.conftest import wait_for
from tests.journeys.helping import give, refer, send, text_of

CLOCK = "2027-03-01T11:20"
pytestmark = pytest.mark.journey
GONE = "00000000-0000-4000-8000-000000000000"


def the_police_send_ilse(log_in, look):
    """Risks, measures, a secret address and how contact is safe, in one message."""
    hester = log_in("hester.blom", desk=True)
    place = "Geheimlaan 1, Waterdijk"
    refer(hester, "Ilse Vermaat", "06-00000053", topic="EVT-03", happened="2027-02-28", address=place)
    hester.get_by_label("bellen", exact=True).check()
    hester.locator("input[name=from_time]").fill("12:00")
    hester.locator("input[name=until_time]").fill("13:00")
    hester.get_by_label("Het adres is geheim").check()
    hester.get_by_label("Codewoord").fill("Merel")
    hester.get_by_label("Wij hebben een individuele beoordeling gedaan").check()
    hester.get_by_text("Tweede deel:").click()
    hester.get_by_label("Uw zaaknummer").fill("PL1300-2027 123")
    hester.get_by_label("Beoordeeld op").fill("2027-03-01")
    for risk, value in (
        ("repeat_victimisation", "high"),
        ("intimidation", "present"),
        ("retaliation", "possible"),
    ):
        hester.locator(f"select[name={risk}]").select_option(value)
    for measure in ("PM-01", "PM-04", "PM-06", "PM-18"):
        hester.get_by_label(re.compile(measure)).first.check()
    hester.get_by_label(re.compile("Het verbod")).fill("2027-06-01")
    look(hester, "message")
    assert "Verstuurd" in send(hester)
    return hester


def only_three_people_know(nabij, log_in, address):
    """S08-1: Jonas, his deputy and the leader; for others the same page as for an unknown reference."""
    case = address.rstrip("/").rpartition("/")[2]
    (grants,) = nabij.rows(
        "SELECT count(*) FROM people_accessgrant g JOIN cases_case c ON c.person_id = g.person_id "
        "WHERE c.id = %s AND g.ends_at IS NULL AND g.scope = 'case'",
        case,
    )[0]
    assert grants == 3
    for name in ("vera.blok", "femke.bruin", "bram.kooistra", "marit.schouten", "hester.blom"):
        stranger = log_in(name)
        hidden = text_of(stranger, address)
        unknown = text_of(stranger, address.replace(case, GONE))
        assert hidden == unknown, name
    text_of(vera := log_in("vera.blok"), "/werk/dossiers/zoeken/")
    assert vera.locator("input[name=name]").count() == 0
    rinske = log_in("rinske.bouma")
    rinske.goto("/werk/dossiers/zoeken/")
    rinske.locator("input[name=name]").fill("Ilse Vermaat")
    rinske.get_by_role("button", name="Zoek", exact=True).click()
    found = rinske.locator("main").inner_text()
    assert "Misschien is er al een dossier" not in found
    assert rinske.get_by_role("link", name="Ilse Vermaat").count() == 0
    return case


def the_address_and_the_call(nabij, jonas, address, look):
    """S08-2, 3: a reason for the address each time; a call at two is refused, at half past twelve not."""
    page = text_of(jonas, address)
    assert "Adres afgeschermd" in page
    assert "Geheimlaan" not in page
    jonas.goto(f"{address}adres/")
    jonas.get_by_role("button", name="Toon het adres").click()
    assert "Geheimlaan" not in jonas.locator("main").inner_text()
    jonas.get_by_label("Waarom hebt u dit nodig?").fill("Bezoek samen met de politie")
    jonas.get_by_role("button", name="Toon het adres").click()
    assert "Geheimlaan 1, Waterdijk" in jonas.locator("main").inner_text()
    nabij.clock("2027-03-01T14:00")
    jonas.goto(f"{address}bellen/")
    jonas.get_by_label("Ik heb de contactregel gelezen").check()
    jonas.get_by_role("button", name="Toon het nummer").click()
    refused = jonas.locator("main").inner_text()
    assert "Alleen tussen 12.00 en 13.00 uur. Geen voicemail." in refused
    assert "00000053" not in refused
    look(jonas, "refused")
    nabij.clock("2027-03-02T12:30")
    jonas.goto(f"{address}bellen/")
    jonas.get_by_label("Ik heb de contactregel gelezen").check()
    jonas.get_by_role("button", name="Toon het nummer").click()
    told = jonas.locator("main").inner_text()
    assert "Merel" in told
    assert "06 00000053" in told
    look(jonas, "call")


def referred_warm_and_accepted(nabij, jonas, address, visit, look):
    """S08-5: within seven days to the CSG, with a yes; accepted at ten past four by a link and a code."""
    nabij.clock("2027-03-04T15:30")
    jonas.goto(f"{address}soort/")
    jonas.locator("select[name=topic]").select_option("EVT-02")
    jonas.get_by_role("button", name="Bewaren").click()
    jonas.goto(f"{address}doorverwijzen/")
    assert "binnen 7 dagen" in jonas.locator("main").inner_text()
    jonas.goto(f"{address}toestemming/")
    jonas.locator("select[name=receiver]").select_option("specialist")
    jonas.get_by_label("dat u bij ons hulp krijgt").check()
    jonas.get_by_label("hoe u te bereiken bent").check()
    jonas.get_by_label("ja", exact=True).check()
    jonas.get_by_role("button", name="Bewaar het antwoord").click()
    jonas.goto(f"{address}doorverwijzen/")
    jonas.get_by_label("E-mailadres van deze partner").fill("csg@example.nl")
    jonas.get_by_label("wat er gebeurde").uncheck()
    jonas.get_by_label("Wat moet de partner weten?").fill(
        "Mevrouw wil vandaag gebeld worden tussen 12 en 13 uur."
    )
    jonas.get_by_role("button", name="Verstuur").click()
    code = jonas.locator("[data-code]").inner_text()
    mail = wait_for(lambda: nabij.messages_to("csg@example.nl"), why="no mail came")[0]
    assert "Ilse" not in str(mail)
    partner = visit(re.search(r"/doorverwijzing/[\w-]+/", mail["body"]).group())
    nabij.clock("2027-03-04T16:10")
    partner.get_by_label("Code").fill(code)
    partner.get_by_role("button", name="Open").click()
    shown = partner.locator("main").inner_text()
    assert "Ilse Vermaat" in shown
    assert "00000053" not in shown
    look(partner, "partner")
    partner.get_by_role("button", name="Wij helpen verder").click()
    page = text_of(jonas, address)
    assert "aangenomen" in page
    assert "4 maart 16:10" in page


def weighed_by_the_leader(nabij, jonas, olaf, address, look):
    """S08-6: no consent, no sharing; after a new threat the leader weighs, reports, and it is logged."""
    jonas.goto(f"{address}toestemming/")
    jonas.locator("select[name=receiver]").select_option("social_team")
    jonas.get_by_label("dat u bij ons hulp krijgt").check()
    jonas.get_by_label("nee", exact=True).check()
    jonas.get_by_role("button", name="Bewaar het antwoord").click()
    jonas.goto(f"{address}doorverwijzen/")
    jonas.locator("select[name=partner]").select_option("social_team")
    jonas.get_by_label("E-mailadres van deze partner").fill("team@example.nl")
    jonas.get_by_label("Wat moet de partner weten?").fill("Zorg om de kinderen")
    jonas.get_by_role("button", name="Verstuur").click()
    assert "mag niet naar sociaal team" in jonas.locator("main").inner_text()
    nabij.clock("2027-03-10T10:00")
    olaf.goto(f"{address}doorverwijzen/")
    olaf.locator("select[name=partner]").select_option("veilig_thuis")
    olaf.get_by_label("E-mailadres van deze partner").fill("veiligthuis@example.nl")
    olaf.get_by_label("wat er gebeurde").uncheck()
    olaf.get_by_label("Wat moet de partner weten?").fill("Nieuwe dreiging tegen twee kinderen.")
    olaf.locator("select[name=ground]").select_option("reporting_code")
    olaf.get_by_role("button", name="Verstuur").click()
    assert "Schrijf de afweging op" in olaf.locator("main").inner_text()
    olaf.get_by_label("Afweging").fill("Kinderen van 6 en 9, nieuwe dreiging, moeder weet dat wij melden.")
    olaf.get_by_role("button", name="Verstuur").click()
    assert olaf.locator("[data-code]").is_visible()
    assert "zonder toestemming, na een afweging" in text_of(olaf, f"{address}gedeeld/")


def a_newer_message_keeps_the_old(nabij, hester, jonas, address, look):
    """S08-7: intimidation is high now; both messages stand there, and the helper acknowledges."""
    nabij.clock("2027-03-11T09:00")
    hester.goto("/werk/verwijzen/beoordeling/")
    hester.get_by_label("Uw zaaknummer").fill("pl1300 2027-123")
    hester.get_by_label("Beoordeeld op").fill("2027-03-11")
    hester.locator("select[name=intimidation]").select_option("high")
    for measure in ("PM-01", "PM-04", "PM-06", "PM-18"):
        hester.get_by_label(re.compile(measure)).first.check()
    hester.get_by_label(re.compile("Het verbod")).fill("2027-06-01")
    hester.get_by_role("button", name="Verstuur").click()
    page = text_of(jonas, f"{address}bescherming/")
    assert "Beoordeling van 11-03-2027" in page
    assert "Beoordeling van 01-03-2027" in page
    look(jonas, "protection")
    jonas.get_by_role("button", name="Bevestig aan de politie").first.click()
    assert "gelezen" in text_of(hester, "/werk/")


def an_emergency_by_who_has_duty(nabij, log_in, olaf, address, case, look):
    """S08-10: Imke has duty, gives a number and a reason; reviewed the next working day; nobody else read."""
    reference = nabij.rows("SELECT reference FROM cases_case WHERE id = %s", case)[0][0]
    nabij.clock("2027-03-11T22:00")
    imke = log_in("imke.tol")
    imke.goto("/werk/dossiers/noodtoegang/")
    imke.get_by_label("Kenmerk van het dossier").fill(reference.replace("-", " "))
    imke.get_by_label("Nummer van de meldkamer of politie").fill("112-4711")
    imke.get_by_label("Waarom hebt u dit nodig?").fill("Mevrouw belt in paniek via de meldkamer")
    imke.get_by_role("button", name="Open het dossier").click()
    assert "Ilse Vermaat" in imke.locator("main").inner_text()
    nabij.clock("2027-03-12T09:00")
    assert "Ilse" not in text_of(imke, address)
    olaf.goto(f"{address}geschiedenis/")
    look(olaf, "review")
    olaf.get_by_role("button", name="Was terecht").click()
    readers = {row[0] for row in nabij.rows(
        "SELECT DISTINCT u.name FROM audit_readentry r JOIN accounts_membership m ON m.id = r.actor_id "
        "JOIN accounts_user u ON u.id = m.user_id JOIN cases_case c ON c.person_id = r.person_id "
        "WHERE c.id = %s", case,
    )}  # fmt: skip
    assert readers == {"Olaf Kruit", "Jonas Veld", "Imke Tol"}


def nobody_outside_hears_that_she_is_known(nabij, log_in, look):
    """S08-8, 9: he offers an apology, his lawyer wants the file; nothing is confirmed."""
    nabij.clock("2027-03-11T10:00")
    vera, said = log_in("vera.blok"), []
    for asker, wish in (("counterparty", "contact"), ("press", "contact"), ("lawyer", "data")):
        vera.goto("/werk/vraag-van-buiten/")
        assert vera.locator("main form [type=text], main form textarea").count() == 0
        vera.locator(f"input[value={asker}]").check()
        vera.locator(f"input[value={wish}]").check()
        vera.get_by_role("button", name="Wat zeg ik?").click()
        said.append(vera.locator("blockquote").inner_text())
    look(vera, "outside")
    assert said[0] == said[1]
    for words in ("geven niets door", "contactverbod", "niet of iemand bij ons bekend is"):
        assert words in said[0]
    assert "Wij geven niets over anderen." in said[2]
    reference = vera.locator(".reference").inner_text()
    fenna = log_in("fenna.wiarda", desk=True)
    assert "1 vraag wacht op uw antwoord" in text_of(fenna, "/werk/")
    fenna.get_by_role("link", name="Alle vragen").click()
    assert reference in fenna.locator("main").inner_text()
    fenna.get_by_role("link", name="Antwoorden").click()
    fenna.get_by_label("niet gegeven").check()
    fenna.get_by_label("Waarom?").fill("Geen grondslag om iets te geven")
    look(fenna, "officer")
    fenna.get_by_role("button", name="Bewaar het antwoord").click()
    assert "niet gegeven" in fenna.locator("main").inner_text()


def test_three_people_know_and_nobody_else_finds_anything(nabij, log_in, visit, look):
    nabij.clock(CLOCK)
    hester = the_police_send_ilse(log_in, look)
    olaf = log_in("olaf.kruit", desk=True)
    address = give(olaf, "Ilse Vermaat", "Jonas Veld")
    give(olaf, "Ilse Vermaat", "Ayla Demir", "deputy")
    case = only_three_people_know(nabij, log_in, address)
    jonas = log_in("jonas.veld")
    assert "niveau 3" in text_of(jonas, address)
    assert "dinsdag 18 mei" in text_of(jonas, address)
    assert "Ilse" not in jonas.title()
    the_address_and_the_call(nabij, jonas, address, look)
    referred_warm_and_accepted(nabij, jonas, address, visit, look)
    weighed_by_the_leader(nabij, jonas, olaf, address, look)
    a_newer_message_keeps_the_old(nabij, hester, jonas, address, look)
    nobody_outside_hears_that_she_is_known(nabij, log_in, look)
    an_emergency_by_who_has_duty(nabij, log_in, olaf, address, case, look)
