"""The closed part: who comes in and how, groups that are never mixed, and danger that reaches somebody."""

import pytest

from tests.journeys.closed import (
    BEREAVED,
    LAST_DAY,
    Insider,
    accept_rules,
    announce_end,
    closed_centre,
    come_back,
    enter_group,
    keep_inside,
    open_asker,
    open_groups,
    register,
    watch,
    write,
)
from tests.journeys.conftest import wait_for
from tests.journeys.test_s01_explosion_at_night import phone_of

CLOCK = "2027-05-19T21:40"
pytestmark = pytest.mark.journey
# the smallest that a reader of documents takes: one empty page
PAPER = {
    "name": "onderzoek.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n",
}
TRUUS, KAREL, WIM, JOOST = "Truus Meeuws", "Karel Mus", "Wim Stroom", "Joost Krant"


def text(page):
    return page.locator("main").inner_text()


def prepare(nabij, renske, thea, closed, look):
    """Two groups with a moderator; codes for a list that never comes here."""
    space = open_groups(renske, nabij, closed, "bereaved", "residents")
    watch(renske, space, "Amir Haddad", "2027-05-19T20:00", "2027-05-19T23:59")
    look(renske, "shifts")
    thea.goto(f"{closed.door}codes/")
    thea.locator("[name=source]").select_option("police")
    thea.locator("[name=relation]").select_option("bereaved")
    thea.get_by_label("Hoeveel codes?").fill("2")
    thea.get_by_role("button", name="Maak codes").click()
    with thea.expect_download() as sheet:
        thea.get_by_role("button", name="Geef uit als CSV (één keer)").click()
    return space, sheet.value.path().read_text().split()[1]


def come_in_with_code(nabij, truus, closed, code, look):
    """A wrong code is said beside the field; the right one lets in, and the rules come first."""
    come_back(nabij, truus, "06-00000041", "+31600000041")
    truus.goto("/mijn/besloten/")
    look(truus, "waits")
    for typed in ("BCDF-GHJK", code):
        truus.get_by_label("Uw code").fill(typed)
        truus.get_by_role("button", name="Naar binnen").click()
        if typed != code:
            assert "Deze code klopt niet" in text(truus)
    assert "U bent toegelaten." in text(truus)
    accept_rules(truus, closed)
    look(truus, "first-page-empty")


def judge_at_the_door(daan, thea, closed, look):
    """One is called back, one takes two people, and the press is refused with a reason."""
    open_asker(daan, closed, KAREL)
    look(daan, "asker")
    daan.get_by_role("button", name="Gebeld: laat toe").click()
    assert "Kruis minstens één vraag aan die u stelde." in text(daan)
    daan.get_by_label("Hoe heet u?").check()
    daan.get_by_role("button", name="Gebeld: laat toe").click()
    open_asker(daan, closed, WIM)
    assert "Hier kunt u niet bellen" in text(daan)
    daan.locator("form", has=daan.locator("[name=relation]")).get_by_label("Toelichting").fill("Woont er.")
    daan.get_by_role("button", name="Stel voor aan een tweede").click()
    open_asker(daan, closed, JOOST)
    daan.locator("[name=reason]").select_option("press")
    daan.get_by_role("button", name="Laat niet toe").click()
    open_asker(thea, closed, WIM, "samen")
    thea.get_by_role("button", name="Laat toe").click()
    thea.goto(closed.door)
    look(thea, "door")


def stay_outside(nabij, visit, joost, closed, space, look):
    """Who was refused reads a calm text and whom to call; inside it is the 404 of everybody else."""
    come_back(nabij, joost, "06-00000044", "+31600000044")
    joost.goto("/mijn/besloten/")
    assert "niet voor de pers" in text(joost)
    look(joost, "refused")
    nobody = visit(f"/mijn/groep/{space}/")
    for address in (f"/mijn/groep/{space}/", closed.first, f"{closed.first}berichten/"):
        assert joost.goto(address).status == nobody.goto(address).status == 404
        assert text(joost) == text(nobody)


def keep_groups_apart(nabij, truus, wim, closed, look):
    """Each finds the group of the own relation under an alias; what another group says does not exist."""
    come_back(nabij, wim, "wim@example.nl", "wim@example.nl")
    accept_rules(wim, closed)
    neighbours = enter_group(wim, closed, "Ooievaar")
    there = write(wim, neighbours, "De lift doet het weer.")
    group = enter_group(truus, closed, "Merel")
    look(truus, "group-empty")
    assert "U praat hier met nabestaanden. U heet hier Merel." in text(truus)
    assert truus.goto(there).status == 404
    truus.goto(f"{group}ik/")
    assert "Meeuws" not in text(truus)
    return group


def read_first(nabij, truus, karel, amir, closed, look):
    """A first post waits and is let through; one with a number waits too, and its writer reads why not."""
    come_back(nabij, karel, "06-00000042", "+31600000042")
    accept_rules(karel, closed)
    group = enter_group(karel, closed, "Reiger")
    talk = write(truus, group, "Ik kan niet slapen.")
    assert "Een moderator leest dit eerst. Alleen u ziet het nu." in text(truus)
    assert karel.goto(talk).status == 404
    amir.goto("/werk/groepen/")
    look(amir, "queue")
    amir.locator("li.task", has_text="nabestaanden").get_by_role("link").click()
    assert "Ik kan niet slapen." in text(amir)
    look(amir, "post")
    amir.get_by_role("button", name="Ja, plaats het").click()
    assert karel.goto(talk).status == 200
    assert "Ik kan niet slapen." in text(karel)
    truus.get_by_label("Uw bericht").fill("Bel mij: 06 12 34 56 78")
    truus.get_by_role("button", name="Verstuur").click()
    amir.goto("/werk/groepen/")
    amir.get_by_role("link", name="Een telefoonnummer").click()
    amir.get_by_text("Nee, en ik leg uit waarom").click()
    amir.locator("[name=reason][value=contact]").first.check()
    amir.get_by_role("button", name="Plaats het niet").click()
    truus.goto(talk)
    assert "Er staat een nummer, adres of link in." in text(truus)
    karel.reload()
    assert "06 12 34" not in text(karel)
    return group, talk


def reach_somebody(nabij, karel, amir, group, look):
    """Danger words show 112 and 113 at once, and reach the moderator's phone, who then reads whom to call."""
    write(karel, group, "Ik wil niet meer leven.", "De nacht")
    assert {"112", "113"} <= set(karel.locator(".notice--danger a").all_inner_texts())
    look(karel, "danger")
    number = phone_of(nabij, "Amir Haddad")
    told = wait_for(
        lambda: [each for each in nabij.messages_to(number) if "/p/" in each["body"]],
        seconds=30,
        why="the moderator's phone stays silent",
    )[0]
    assert "gevaar" in told["body"]
    assert "leven" not in told["body"]
    amir.goto("/werk/groepen/")
    look(amir, "queue-danger")
    amir.get_by_role("link", name="Gevaar: lees nu").click()
    look(amir, "post-danger")
    amir.get_by_role("link", name="Zoek het nummer").click()
    assert KAREL in text(amir)
    look(amir, "phone")
    amir.go_back()
    amir.get_by_label("gebeld en gesproken").check()
    amir.get_by_role("button", name="Schrijf op").click()
    amir.get_by_role("button", name="Ja, plaats het").click()
    held = "SELECT extract(epoch FROM a.asked_at - h.held_at) FROM peers_hold h JOIN paging_ask a"
    [(seconds,)] = nabij.rows(f"{held} ON a.page_id = h.page_id WHERE h.is_danger ORDER BY 1 LIMIT 1")
    assert 0 <= seconds < 5 * 60


def report(karel, amir, talk, look):
    """A report raises the priority, and hides nothing."""
    karel.goto(talk)
    karel.get_by_role("link", name="Meld").click()
    karel.get_by_label("Ik maak me zorgen over deze persoon").check()
    karel.get_by_role("button", name="Meld", exact=True).click()
    karel.goto(talk)
    assert "Ik kan niet slapen." in text(karel)
    amir.goto("/werk/groepen/")
    assert amir.locator("li.task").first.inner_text().startswith("1 keer gemeld")
    amir.get_by_role("link", name="1 keer gemeld").click()
    amir.get_by_role("button", name="Het bericht mag blijven").click()


def bring_in(thea, owen, closed):
    """A meeting for the bereaved, and a paper that nobody sees before its moment and a second person."""
    thea.goto(f"{closed.door}binnen/bijeenkomst/")
    thea.get_by_label("Wat is het?").fill("Samen koffie drinken")
    thea.locator("[name=relations][value=bereaved]").check()
    thea.get_by_label("Waar?").fill("Buurthuis De Kade")
    thea.get_by_label("Van", exact=True).fill("2027-05-22T14:00")
    thea.get_by_label("Tot", exact=True).fill("2027-05-22T16:00")
    thea.get_by_label("Hoeveel plaatsen?").fill("12")
    thea.get_by_role("button", name="Bewaren").click()
    thea.goto(f"{closed.door}binnen/stuk/")
    thea.get_by_label("Wat is het?").fill("Eerste uitkomst van het onderzoek")
    thea.locator("[name=relations][value=bereaved]").check()
    thea.get_by_label("Te lezen vanaf").fill("2027-05-19T22:30")
    thea.locator("[name=file]").set_input_files(PAPER)
    thea.get_by_role("button", name="Bewaren").click()
    owen.goto(f"{closed.door}binnen/")
    owen.get_by_role("button", name="Geef vrij").click()


def look_inside(nabij, truus, wim, thea, closed, look):
    """Signing up, for the own relation only; and the paper appears at its moment."""
    truus.goto(closed.first)
    assert "Eerste uitkomst" not in text(truus)
    truus.get_by_label("Met hoeveel mensen komt u?").fill("2")
    truus.get_by_role("button", name="Ik kom", exact=True).click()
    assert "U komt met 2 mensen." in text(truus)
    wim.goto(closed.first)
    assert "Samen koffie drinken" not in text(wim)
    nabij.clock("2027-05-19T22:31")
    truus.reload()
    with truus.expect_download() as paper:
        truus.get_by_role("link", name="Eerste uitkomst van het onderzoek").click()
    assert paper.value.suggested_filename == "stuk.pdf"
    look(truus, "first-page")
    look(thea, "inside")


def write_with_the_desk(truus, daan, closed, look):
    """A question to the desk, and its answer, read by nobody else."""
    truus.goto(f"{closed.first}berichten/")
    truus.get_by_label("Uw bericht").fill("Wie betaalt de begrafenis?")
    truus.get_by_role("button", name="Verstuur", exact=True).click()
    daan.goto(f"{closed.door}berichten/")
    look(daan, "letters-waiting")
    daan.get_by_role("link", name=TRUUS).click()
    daan.get_by_label("Uw bericht").fill("Wij zoeken het voor u uit.")
    daan.get_by_role("button", name="Verstuur", exact=True).click()
    truus.goto(closed.first)
    truus.get_by_role("link", name="Lees uw berichten").click()
    assert "Wij zoeken het voor u uit." in text(truus)
    look(truus, "letters")


def meet_one_other(nabij, truus, karel, group, look):
    """Two people meet only when both choose it: before that neither reads a name."""
    truus.goto(f"{group}kennismaken/")
    truus.locator("[name=subjects][value=loss]").check()
    truus.get_by_role("button", name="Zoek iemand voor mij").click()
    karel.goto(f"{group}kennismaken/")
    karel.locator("[name=subjects][value=loss]").check()
    karel.get_by_role("button", name="Een ander mag mij vragen").click()
    together = "SELECT count(*) FROM peers_introduction WHERE state = 'together'"
    truus.goto(f"{group}kennismaken/")
    assert "Wij zoeken iemand voor u" in text(truus)
    for page, other in ((truus, "Reiger"), (karel, "Merel")):
        page.goto(f"{group}kennismaken/")
        assert other not in text(page)
    look(karel, "asked-to-meet")
    assert nabij.rows(together) == [(0,)]
    karel.get_by_role("button", name="Ja, dat wil ik").click()
    truus.reload()
    truus.get_by_role("link", name="Uw gesprek met Reiger").click()
    assert nabij.rows(together) == [(1,)]
    look(truus, "two")


def say_goodbye(nabij, truus, karel, closed, talk):
    """Who leaves takes every word along; the others read that something stood there."""
    truus.goto(f"{closed.first}weg/")
    truus.get_by_role("button", name="Ik ga weg").click()
    assert truus.goto(talk).status == 404
    karel.goto(talk)
    assert "Ik kan niet slapen." not in text(karel)
    left = (
        "SELECT count(*) FROM peers_post WHERE author_id IS NULL AND staff_id IS NULL AND body_sealed <> ''"
    )
    assert nabij.rows(left) == [(0,)]


def end_and_go_on(nabij, renske, karel, space, group, look):
    """The end is said three months ahead; who wants to go on says yes, and is counted without a name."""
    announce_end(renske, space, LAST_DAY)
    karel.goto(group)
    assert "U kunt hier schrijven tot en met 31 augustus 2027." in text(karel)
    karel.get_by_role("link", name="Lees wat er kan").click()
    karel.get_by_role("button", name="Ja, nodig mij uit").click()
    assert "U zei ja" in text(karel)
    look(karel, "goes-on")
    renske.reload()
    assert "1 willen verder" in text(renske)
    assert KAREL not in text(renske)
    look(renske, "wishes")


def test_who_belongs_comes_in_and_nobody_else(nabij, visit, log_in, look):
    """A code, a call, two people, a refusal; groups apart; a first post, a number, danger, and goodbye."""
    nabij.clock(CLOCK)
    closed = closed_centre(nabij, log_in)
    renske, thea = log_in("renske.duin", desk=True), log_in("thea.molenaar", desk=True)
    space, code = prepare(nabij, renske, thea, closed, look)
    truus = register(nabij, visit, closed, BEREAVED, TRUUS, phone="06-00000041")
    karel = register(nabij, visit, closed, BEREAVED, KAREL, phone="06-00000042")
    wim = register(nabij, visit, closed, "Ik woon in de buurt", WIM, email="wim@example.nl")
    joost = register(nabij, visit, closed, "Ik woon in de buurt", JOOST, phone="06-00000044")
    come_in_with_code(nabij, truus, closed, code, look)
    daan, amir = log_in("daan.oort", desk=True), log_in("amir.haddad")
    judge_at_the_door(daan, thea, closed, look)
    stay_outside(nabij, visit, joost, closed, space, look)
    keep_groups_apart(nabij, truus, wim, closed, look)
    group, talk = read_first(nabij, truus, karel, amir, closed, look)
    report(karel, amir, talk, look)
    reach_somebody(nabij, karel, amir, group, look)
    bring_in(thea, log_in("owen.baas"), closed)
    look_inside(nabij, truus, wim, thea, closed, look)
    karel.goto(group)
    assert "Het is nu nacht. Niemand krijgt nu een bericht." in text(karel)
    look(karel, "group-at-night")
    write_with_the_desk(truus, daan, closed, look)
    meet_one_other(nabij, truus, karel, group, look)
    say_goodbye(nabij, truus, karel, closed, talk)
    end_and_go_on(nabij, renske, karel, space, group, look)
    keep_inside(nabij, Insider(closed, space, group, KAREL, "06-00000042", "+31600000042"))
