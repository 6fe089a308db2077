"""Every page through axe, by the rules of WCAG 2.2 A and AA: by turns Dutch and light, English and dark."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.closed import come_back, insider, where_it_waits, write
from tests.journeys.conftest import wait_for
from tests.journeys.living import living_in

CLOCK = "2027-05-20"
pytestmark = [pytest.mark.journey, pytest.mark.axe]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
}
# each page in one of the two, by turns, as each costs half a second; in all four ways with NABIJ_AXE=all
EVERY = [("nl", "light"), ("nl", "dark"), ("en", "light"), ("en", "dark")]
TURNS = [EVERY] if os.environ.get("NABIJ_AXE") == "all" else [EVERY[:1], EVERY[-1:]]

# own pages are in two languages; each also from right to left, as in Arabic once its texts are approved
TONGUES = [("nl", "light", "ltr"), ("en", "dark", "ltr"), ("nl", "light", "rtl")]
OWN_TURNS = [TONGUES] if os.environ.get("NABIJ_AXE") == "all" else [[each] for each in TONGUES]

PUBLIC = (
    "/", "/gemeenten/", "/snel-weg/", "/bellen/", "/nu/", "/hulp-vragen/", "/mijn/inloggen/",
    "/inloggen/login/", "/p/onbekend/", "/doorverwijzing/onbekend/", "/bestaat-niet/", "{site}",
    "{site}aanmelden/", "/en/",
    "/en/gemeenten/", "/en{site}", "/en{site}aanmelden/", "/ar{site}", "/ar{site}aanmelden/",
)  # fmt: skip
DESK = {
    "nadia.vroom": (
        "/werk/", "/werk/hulp-vragen/", "{answer}", "/werk/gebeurtenissen/", "{room}", "{room}feiten/",
        "{room}grip/", "{room}herhaling/", "/werk/wat-kan-nabij/", "{centre}", "{centre}voorbeeld/nl/",
        "/werk/partners/", "/werk/partners/gebeurtenis/{incident}/",
    ),
    "ravi.postma": ("/werk/", "/werk/hulp-vragen/", "{room}"),
    "bram.kooistra": (
        "/werk/", "/werk/piket/", "{lead}", "{room}", "{room}afsluiten/", "/werk/rooster/",
        "/werk/iac/opdracht/{incident}/mondeling/", "/werk/berichten/", "/werk/oproepen/schema/",
        "/werk/oproepen/schema/coordinator/", "/werk/ter-plaatse/proefoproep/", "/werk/opvang/{incident}/",
        "/werk/opvang/{incident}/aanwezig/", "/werk/opvang/{incident}/verslag/",
        "/werk/ter-plaatse/gebeurtenis/{incident}/spullen/", "/werk/psh/kernteam/{incident}/",
        "/werk/psh/kernteam/{incident}/advies/",
    ),
    "imke.tol": (
        "/werk/", "/werk/piket/", "{ask_link}", "/werk/rooster/", "/werk/rooster/mijn-talen/",
        "/werk/opleiding/", "/werk/bereikbaar/", "/werk/bereikbaar/nieuw/", "/werk/zorg/",
        "/werk/rooster/mijn/", "/werk/rooster/mijn/dagen/", "/werk/agenda/mijn/", "/werk/werktijden/",
        "/werk/dossiers/noodtoegang/",
    ),
    "olaf.kruit": (
        "/werk/", "/werk/rooster/", "/werk/rooster/invoeren/", "/werk/certificaten/", "/werk/vrijwilligers/",
        "/werk/vrijwilligers/aanmelden/", "/werk/zorg/", "/werk/zorg/lijst/", "/werk/rooster/maand/",
        "/werk/rooster/bezetting/", "/werk/rooster/verdeling/", "/werk/rooster-maken/",
        "/werk/dossiers/team/", "/werk/dossiers/overdragen/", "{case}", "{case}toewijzen/",
        "{case}casemanager/", "{case}bewaren/nieuw/", "/werk/dossiers/partners/",
        "/werk/dossiers/partners/csg/",
    ),
    "ayla.demir": (
        "/werk/", "/werk/dossiers/", "/werk/dossiers/zoeken/", "/werk/dossiers/inzage/", "{case}",
        "{case}regel/",
        "{case}bellen/", "{case}poging/", "{case}contact/", "{case}afspraak/", "{case}plan/nieuw/",
        "{case}bescherming/", "{case}geschiedenis/", "{case}adres/", "{case}toestemming/",
        "{case}doorverwijzen/", "{case}gedeeld/", "{case}ander-team/", "{case}sluiten/", "{case}berichten/",
        "{case}klacht/", "{case}stukken/nieuw/", "{case}familie/erbij/", "{case}meekijken/nieuw/",
        "{case}bereik/", "/werk/vraag-van-buiten/",
    ),
    "noa.visser": ("/werk/", "/werk/signalen/", "/werk/signalen/nieuw/"),
    "hester.blom": (
        "/werk/", "/werk/verwijzen/", "/werk/verwijzen/beoordeling/", "/werk/verwijzen/geen-hulp/",
    ),
    "gerda.vonk": (
        "/werk/opleiding/", "/werk/opleiding/plannen/", "/werk/certificaten/", "/werk/certificaten/invoeren/",
    ),
    "noor.wessels": ("/werk/", "{lead}"),
    "lin.chen": ("/werk/", "/werk/iac/", "{centre}", "{centre}bericht/"),
    "owen.baas": ("/werk/", "{centre}", "{centre}goedkeuren/"),
    "daan.oort": (
        "/werk/", "{registrations}", "/werk/aanmeldingen/vastgehouden/", "/werk/balie/{incident}/",
        "/werk/balie/{incident}/vragen/", "/werk/balie/{incident}/aanmelden/",
        "/werk/balie/{incident}/papier/", "/werk/balie/van-mij/", "/werk/dubbel/gebeurtenis/{incident}/",
        "/werk/dubbel/gebeurtenis/{incident}/samengevoegd/",
    ),
    "thea.molenaar": (
        "/werk/balie/{incident}/", "/werk/balie/{incident}/werk-voor-velen/",
        "/werk/verstrekkingen/gebeurtenis/{incident}/", "/werk/verstrekkingen/",
    ),
    "samira.idrissi": ("/werk/", "/werk/bewaren-en-wissen/"),
    "fenna.wiarda": ("/werk/", "/werk/vraag-van-buiten/alle/"),
}  # fmt: skip
# the closed part: for who is inside, and for who stands at its door or watches over its groups
INSIDE = (
    "/mijn/", "/mijn/besloten/", "{first}", "{first}regels/", "{first}berichten/", "{first}weg/", "{group}",
    "{group}beginnen/", "{talk}", "{group}ik/", "{group}verder/", "{group}kennismaken/", "{group}weggaan/",
    "/bestaat-niet/",
)  # fmt: skip
AT_THE_DOOR = {
    "daan.oort": ("{door}", "{door}?wie=binnen", "{asker}", "{asker}berichten/", "{door}berichten/"),
    "amir.haddad": ("/werk/groepen/", "{post}", "{phone}", "/werk/groepen/overslaan/", "{watch}gesprekken/"),
    "renske.duin": ("/werk/besloten/groepen/", "{watch}", "{watch}diensten/", "{watch}stoppen/"),
}
# forms that are sent empty: by whom (one login each: logins of one address are counted), where
WRONG: dict[str, tuple[str, ...]] = {
    "": ("/hulp-vragen/", "/inloggen/login/", "/mijn/inloggen/"),
    "nadia.vroom": ("/werk/hulp-vragen/",),
    "olaf.kruit": (
        "/werk/rooster/invoeren/",
        "/werk/vrijwilligers/aanmelden/",
        "/werk/rooster/bezetting/",
        "/werk/rooster-maken/",
    ),
    "lin.chen": ("{centre}bericht/",),
    "imke.tol": ("/werk/bereikbaar/nieuw/", "/werk/rooster/mijn/dagen/", "/werk/dossiers/noodtoegang/"),
    "bram.kooistra": ("/werk/opvang/{incident}/",),
    "ayla.demir": (
        "/werk/dossiers/zoeken/",
        "{case}afspraak/",
        "{case}toestemming/",
        "{case}doorverwijzen/",
        "/werk/vraag-van-buiten/",
    ),
    "hester.blom": ("/werk/verwijzen/",),
    "noa.visser": ("/werk/signalen/nieuw/",),
    "gerda.vonk": ("/werk/opleiding/plannen/", "/werk/certificaten/invoeren/"),
}


def violations(page: Page) -> list[str]:
    """What axe holds against this page, one line for each."""
    return [
        f"{page.url} {found['id']}: {', '.join(str(node['target'][0]) for node in found['nodes'][:4])}"
        for found in Axe().run(page, options=RULES).response["violations"]
    ]


def show(page: Page, language: str, theme: str) -> None:
    """From now on in this language and these colours."""
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    speak(page, language)


def speak(page: Page, language: str) -> None:
    """From now on this browser asks for this language, on every page."""
    page.context.clear_cookies(name="taal")  # the site itself may have set one for a part of its pages
    page.context.add_cookies([{"name": "taal", "value": language, "domain": "localhost", "path": "/"}])


def own_pages_held_against(page: Page, paths: list[str], look) -> list[str]:
    """All violations of these own pages, by turns in each language and from right to left."""
    found = []
    for number, path in enumerate(paths):
        for language, theme, direction in OWN_TURNS[number % len(OWN_TURNS)]:
            speak(page, language)
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
            page.goto(path)
            page.evaluate("direction => document.documentElement.dir = direction", direction)
            look(page, f"inside-{number}-{language}-{direction}")
            found += violations(page)
    return found


def held_against(page: Page, paths: list[str], look, name: str) -> list[str]:
    """All violations of these pages, each in the ways that it is shown."""
    found = []
    for number, path in enumerate(paths):
        for language, theme in TURNS[number % len(TURNS)]:
            show(page, language, theme)
            page.goto(path)
            look(page, f"{name or 'public'}-{number}-{language}-{theme}")
            found += violations(page)
    return found


def case_of_the_demonstration(nabij) -> str:
    """The page of a case that Ayla helps in."""
    sql = (
        "SELECT c.id FROM cases_case c JOIN accounts_membership m ON m.id = c.helper_id "
        "JOIN accounts_user u ON u.id = m.user_id WHERE u.name = 'Ayla Demir' ORDER BY c.opened_at LIMIT 1"
    )
    return f"/werk/dossiers/{nabij.rows(sql)[0][0]}/"


def test_public_pages(nabij, log_in, visit, look):
    living = vars(living_in(nabij, log_in, visit))
    nabij.manage("read_languages")
    page = visit("/")
    wait_for(lambda: 'dir="rtl"' in page.request.get(f"/ar{living['site']}aanmelden/").text())
    assert held_against(page, [path.format(**living) for path in PUBLIC], look, "") == []


@pytest.mark.parametrize("name", DESK)
def test_pages_of_the_desk(nabij, log_in, visit, look, name):
    living = living_in(nabij, log_in, visit)
    known = vars(living) | {each: getattr(living, each) for each in ("room", "lead", "registrations")}
    known["case"] = case_of_the_demonstration(nabij)
    page = log_in(name, desk=name in ("lin.chen", "owen.baas", "olaf.kruit", "gerda.vonk"))
    assert held_against(page, [path.format(**known) for path in DESK[name]], look, name) == []


def test_pages_of_the_closed_part(nabij, log_in, visit, look):
    """Somebody inside who wrote danger words, also right to left; the door, the queue, the phone page."""
    inside = insider(nabij, log_in, visit)
    page = come_back(nabij, visit("/mijn/"), inside.phone, inside.recipient)
    talk = write(page, inside.group, "Ik wil niet meer leven.")
    known = {
        "first": inside.closed.first, "group": inside.group, "talk": talk, "door": inside.closed.door,
        "watch": f"/werk/groepen/{inside.space}/", **where_it_waits(nabij, inside),
    }  # fmt: skip
    found = own_pages_held_against(page, [path.format(**known) for path in INSIDE], look)
    for name, paths in AT_THE_DOOR.items():
        staff = log_in(name, desk=name != "amir.haddad")
        found += held_against(staff, [path.format(**known) for path in paths], look, name)
        if name == "amir.haddad":  # nobody is called for it any more
            staff.goto(known["post"])
            staff.locator("[name=what][value=no_danger]").check()
            staff.locator("form", has=staff.locator("[name=what]")).get_by_role("button").click()
    assert found == []


@pytest.mark.parametrize("name", WRONG)
def test_forms_with_errors(nabij, log_in, visit, look, name):
    living = living_in(nabij, log_in, visit)
    page = log_in(name) if name else visit("/")
    known = vars(living) | {"case": case_of_the_demonstration(nabij)}
    found = []
    for number, path in enumerate(WRONG[name]):
        for language, theme in TURNS[number % len(TURNS)]:
            show(page, language, theme)
            page.goto(path.format(**known))
            page.locator("main form[method=post] button[type=submit]").last.click()
            page.locator("[data-error-summary], [aria-invalid=true]").first.wait_for()
            look(page, f"wrong-{path.strip('/').replace('/', '-')[:20]}-{language}-{theme}".replace("{", ""))
            found += violations(page)
    assert found == []
