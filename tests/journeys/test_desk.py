"""S05-6, 7, 8: the desk of a centre, by phone and on paper, with doubles, exports, needs and questions."""

import csv
import io
import json
import re

import pytest

from tests.journeys.centres import approve_all, public, site_of
from tests.journeys.conftest import wait_for
from tests.journeys.test_registering import ask_code, code_for

CLOCK = "2027-05-18T04"
pytestmark = pytest.mark.journey
FILL = "from tests.journeys.crowd import settle; settle()"
place: dict[str, str] = {}


@pytest.fixture
def desk(nabij):
    """A live centre with 410 registrations, made once; gives the address of its desk."""
    if not place:
        nabij.clock("2027-05-18T04:00")
        place.update(json.loads(nabij.manage("shell", "-v", "0", "-c", FILL).splitlines()[-1]))
        place["mail"] = f"jasmijn.{place['incident'][:4]}@example.nl"
    return f"/werk/balie/{place['incident']}/"


def references(nabij, receiver):
    """Who says yes to this receiver, straight from the database."""
    sql = (
        "SELECT r.reference FROM people_registration r JOIN people_consent c ON c.registration_id = r.id"
        " WHERE r.incident_id = %s AND r.state IN ('new', 'correction')"
        " AND c.receiver = %s AND c.is_given AND c.withdrawn_at IS NULL"
    )
    return {row[0] for row in nabij.rows(sql, place["incident"], receiver)}


def search(page, desk, words):
    page.goto(desk)
    page.get_by_label("Zoek eerst").fill(words)
    page.get_by_role("button", name="Zoek", exact=True).click()
    return page.locator("main").inner_text()


def fill(page, **answers):
    """The questions of the conversation, by their names."""
    for name, answer in answers.items():
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"[name={name}][value={answer}]").check()
        else:
            field.fill(answer)
    page.get_by_role("button", name="Aanmelden").click()


def yes_to_all():
    return {f"consent_{receiver}": "yes" for receiver in ("victim_support", "ggd", "municipality")}


def test_searching_registering_and_merging(nabij, log_in, look, desk):
    """S05-6: searched before it is made, one on the phone, one on paper; 412 − 17 = 395."""
    daan = log_in("daan.oort", desk=True)
    assert "Niemand gevonden" in search(daan, desk, "Jasmijn Oosterling")
    daan.get_by_role("button", name="Nieuwe aanmelding").click()
    assert daan.get_by_label("Uw naam").input_value() == "Jasmijn Oosterling"
    person = {"relation": "resident", "phone": "06-00000191", "email": place["mail"]}
    fill(daan, needs="housing", **person, **yes_to_all())
    daan.wait_for_url("**/aanmelding/**")
    assert "Noem het kenmerk" in daan.locator("body").inner_text()
    look(daan, "registered")

    # on paper: somebody who registered online already; the warning comes before anything is kept
    daan.goto(f"{desk}papier/")
    paper = {"relation": "resident", "name": place["name"], "phone": "06-10000250"}
    fill(daan, received_at="2027-05-18T03:00", consent_municipality="yes", **paper)
    daan.get_by_text("Misschien staat deze persoon er al").wait_for()
    assert place["first"] in daan.locator("main").inner_text()
    look(daan, "maybe-there")
    daan.get_by_label("Ik heb gekeken").check()
    daan.get_by_role("button", name="Aanmelden").click()
    daan.get_by_text("Dit was voor de gebeurtenis.").first.wait_for()
    daan.get_by_role("button", name="Aanmelden").click()
    daan.get_by_text("Dit was voor de gebeurtenis.").first.wait_for()
    daan.locator("[name=received_at]").fill("2027-05-18T04:00")
    daan.get_by_role("button", name="Aanmelden").click()
    daan.wait_for_url("**/aanmelding/**")
    assert "van papier" in daan.locator("main").inner_text()
    sql = "SELECT to_char(received_at AT TIME ZONE 'Europe/Amsterdam', 'HH24:MI') FROM people_registration"
    assert nabij.rows(f"{sql} WHERE is_paper AND incident_id = %s", place["incident"]) == [("04:00",)]
    second = daan.locator(".reference").first.inner_text()

    # the same person: merged, put back, merged again
    pairs = f"/werk/dubbel/gebeurtenis/{place['incident']}/"
    pair = daan.locator("li.task", has_text=second).filter(has_text=place["first"])
    wait_for(lambda: daan.goto(pairs) and pair.count(), seconds=60, why="the double was not found")
    look(daan, "pairs")
    for step in ("Voeg deze twee samen", "Zet terug", "Voeg deze twee samen"):
        if step == "Zet terug":
            daan.locator("li.task", has_text=second).get_by_role("button", name=step).click()
            daan.get_by_text("Teruggezet").first.wait_for()
            wait_for(
                lambda: daan.goto(pairs) and pair.count(), seconds=60, why="the double is not there again"
            )
            continue
        daan.goto(pairs)
        pair.get_by_role("link", name="Vergelijk").click()
        look(daan, "pair")
        daan.get_by_role("button", name=step).click()
        daan.wait_for_url("**/samengevoegd/")
    look(daan, "merged")
    daan.goto(f"/werk/gebeurtenissen/{place['incident']}/")
    text = daan.locator("main").inner_text()
    assert "412 ontvangen, 17 dubbel en samengevoegd: 395 mensen" in text
    look(daan, "room")


def export(page, label):
    """Make the export of one receiver; gives its part of the page."""
    part = page.locator("section", has=page.get_by_role("heading", name=label, exact=True))
    part.get_by_role("button", name=re.compile("^Maak verstrekking")).click()
    return part


def lines_in(page, within):
    """The file as it comes down, opened: its lines."""
    with page.expect_download() as coming:
        within.get_by_role("button", name="Haal op als tabel (CSV)").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def asked_to_delete(nabij, mail):
    """The message in this mailbox that asks to delete lines, when it is there."""
    return lambda: next((each for each in nabij.messages_to(mail) if "Wis deze regels" in each["body"]), None)


def test_exports_hold_exactly_who_said_yes(nabij, visit, log_in, look, desk):
    """S05-7: 240, 132 and 301; a yes taken back makes the export anew and reaches the receiver."""
    thea = log_in("thea.molenaar", desk=True)
    page = f"/werk/verstrekkingen/gebeurtenis/{place['incident']}/"
    thea.goto(page)
    for label, mail in (
        ("GGD", "wieke.lamers"),
        ("Gemeente", "marit.schouten"),
        ("Slachtofferhulp", "thea.molenaar"),
    ):
        part = export(thea, label)
        part.get_by_label("E-mailadres").fill(f"{mail}@example.nl")
        part.get_by_role("button", name=re.compile("^Wijs aan")).click()
    look(thea, "exports")
    wieke = log_in("wieke.lamers", desk=True)
    for who, receiver, number in (
        (wieke, "ggd", 132), (log_in("marit.schouten"), "municipality", 301), (thea, "victim_support", 240),
    ):  # fmt: skip
        label = {"ggd": "GGD", "municipality": "gemeente", "victim_support": "Slachtofferhulp"}[receiver]
        who.goto("/werk/verstrekkingen/")
        task = who.locator("li.task", has_text=f"{place['reference']} · {label}")
        lines = lines_in(who, task)
        assert {line["Kenmerk"] for line in lines} == references(nabij, receiver)
        assert len(lines) == number
        assert all("exemplaar 1, opgehaald door" in line["Verstrekking"] for line in lines)
    look(wieke, "mine")

    # Jasmijn takes back her yes to the GGD
    own = visit("/mijn/")
    ask_code(own, place["mail"])
    own.get_by_label("Code van zes cijfers").fill(code_for(nabij, place["mail"]))
    own.get_by_role("button", name="Verder").click()
    own.get_by_role("link", name="Veranderen").click()
    own.get_by_role("group", name=re.compile("GGD")).get_by_label("Nee", exact=True).check()
    own.get_by_role("button", name="Bewaren").click()
    own.wait_for_url("**/mijn/?veranderd")
    told = wait_for(asked_to_delete(nabij, "wieke.lamers@example.nl"), why="the receiver was not told")
    assert "Jasmijn" not in told["body"]
    wieke.goto(re.search(r"/werk/verstrekkingen/wissen/[0-9a-f-]{36}/", told["body"]).group())
    assert wieke.locator("main .reference").count() == 1
    look(wieke, "withdrawn")
    wieke.get_by_role("button", name="Ik heb deze regels gewist").click()
    wieke.goto("/werk/verstrekkingen/")
    lines = lines_in(wieke, wieke.locator("li.task", has_text=f"{place['reference']} · GGD"))
    assert {line["Kenmerk"] for line in lines} == references(nabij, "ggd")
    assert len(lines) == 131


URGENT = (
    "SELECT count(*), count(owner_id),"
    " count(*) FILTER (WHERE taken_at <= made_at + interval '30 minutes')"
    " FROM desk_need WHERE incident_id = %s AND is_urgent"
)


def test_urgent_needs_have_an_owner_or_reach_the_chief(nabij, visit, log_in, look, desk):
    """S05-8: 26 urgent needs; 25 taken within thirty minutes, the last one by who was called then."""
    daan = log_in("daan.oort", desk=True)
    wait_for(
        lambda: daan.goto(desk) and daan.locator("li.task--due").count() == 26, why="not 26 urgent needs"
    )
    look(daan, "desk")
    daan.locator("li.task--due").first.get_by_role("button", name=re.compile("^Ik pak dit op")).click()
    daan.wait_for_url("**/aanmelding/**")
    daan.goto(desk)
    token = daan.locator("[name=csrfmiddlewaretoken]").first.input_value()
    waiting = daan.locator("li.task--due form").evaluate_all(
        "all => all.map(each => each.getAttribute('action'))"
    )
    for action in waiting[:24]:
        given = daan.request.post(
            action, form={"csrfmiddlewaretoken": token}, headers={"Referer": daan.url}, max_redirects=0
        )
        assert given.status == 302
    assert nabij.rows(URGENT, place["incident"]) == [(26, 25, 25)]
    nabij.clock("2027-05-18T04:45")

    def asked():
        letters = nabij.messages_to("owen.baas@example.nl")
        return [
            each
            for each in letters
            if "Niemand van de balie" in each["body"] and place["reference"] in each["body"]
        ]

    [letter] = wait_for(asked, seconds=30, why="the chief editor was not called")
    owen = visit(re.search(r"/p/[\w-]+/", letter["body"]).group())
    owen.get_by_role("button", name="Ik pak het op").click()
    owen.get_by_text("U pakt het op").wait_for()
    look(owen, "chief")
    assert nabij.rows(URGENT, place["incident"]) == [(26, 26, 25)]


def test_one_desk_for_all_questions(nabij, log_in, look, desk):
    """SVC-28: a question is answered once, used again, and becomes a published one."""
    daan = log_in("daan.oort", desk=True)
    daan.goto(f"{desk}vragen/")
    look(daan, "no-questions")
    daan.get_by_label("Wat vraagt iemand?").fill("Wanneer mogen wij weer naar huis?")
    daan.get_by_role("button", name="Schrijf de vraag op").click()
    daan.wait_for_url("**/vraag/**")
    daan.get_by_label("Het antwoord", exact=True).fill("De gemeente vertelt het u op dinsdag om 12.00 uur.")
    daan.get_by_role("button", name="Bewaar het antwoord").click()
    daan.get_by_role("heading", name="Lees dit voor").wait_for()
    daan.goto(f"{desk}vragen/")
    daan.get_by_label("Wat vraagt iemand?").fill("Wanneer mogen we weer naar huis toe?")
    daan.get_by_role("button", name="Schrijf de vraag op").click()
    daan.get_by_text("Deze vraag lijkt er al te staan").wait_for()
    look(daan, "same")
    daan.get_by_role("button", name=re.compile("^Dezelfde vraag")).click()
    daan.wait_for_url("**/vraag/**")
    assert "2 keer" in daan.locator("main").inner_text()
    daan.get_by_role("button", name="Maak openbaar").click()
    assert "aangeboden aan de redactie" in daan.locator("main").inner_text()
    look(daan, "offered")
    centre = f"/werk/iac/{place['centre']}/"
    site = site_of(nabij, centre)
    assert "De gemeente vertelt het u" not in public(nabij, site)
    approve_all(log_in("owen.baas"), centre)
    wait_for(
        lambda: "De gemeente vertelt het u op dinsdag" in public(nabij, site), why="it is not on the page"
    )


def test_a_letter_goes_to_many_as_each_agreed(nabij, log_in, look, desk):
    """The lead writes to who still needs a place to sleep: first how many that are, then on its way."""
    thea = log_in("thea.molenaar", desk=True)
    thea.goto(desk)
    thea.get_by_role("link", name="Werk voor velen").click()
    thea.get_by_label("Een brief die u zelf schrijft").check()
    thea.get_by_label("De brief (bij een eigen brief)").fill("Vanavond is er plek in het hotel aan de kade.")
    thea.get_by_label("Wie dit nodig heeft").select_option("housing")
    thea.get_by_role("button", name="Begin").click()
    look(thea, "how-many")
    thea.get_by_label("Ja, voor 1 mens.").check()
    thea.get_by_role("button", name="Begin").click()
    thea.get_by_text("1 van 1 gedaan").wait_for()
    look(thea, "sent")

    def arrived():
        return [each for each in nabij.messages_to(place["mail"]) if "plek in het hotel" in each["body"]]

    [letter] = wait_for(arrived, why="the letter did not arrive")
    assert "hotel" not in letter["subject"]
