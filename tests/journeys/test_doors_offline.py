"""S01-6 and 7: from door to door with two phones, the network cut: nothing is lost, nothing can be read."""

import re

import pytest

from tests.journeys import street
from tests.journeys.conftest import wait_for

CLOCK = "2027-05-19T11:00"
DAY, HOURS = "2027-05-19", ("13:00", "17:00")
pytestmark = pytest.mark.journey
ALIAS, PHONE = "Buurvrouw Zonnebloem", "0600000777"
EVERYTHING_KEPT = """async () => {
  const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const found = [];
  for (const each of await indexedDB.databases()) {
    const base = await answer(indexedDB.open(each.name));
    for (const store of base.objectStoreNames) {
      const rows = await answer(base.transaction(store).objectStore(store).getAll());
      found.push(...rows.map((row) => JSON.stringify(row)));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(await (await cache.match(request)).text());
  }
  found.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }));
  return found;
}"""
ONLINE = "window.dispatchEvent(new Event('online'))"
WAITS = """number => [...document.querySelectorAll('li.walk')].some((each) =>
  each.querySelector('strong').textContent === `Kokmeeuwstraat ${number}` && 'waiting' in each.dataset)"""
OF_EVENT = "JOIN doors_round r ON r.id = round_id WHERE r.incident_id = %s"


@pytest.fixture
def incident(nabij, log_in):
    """An explosion in Waterdijk by day; gives the page of who asked and the identity of the event."""
    nabij.clock(CLOCK)
    marit = log_in("marit.schouten")
    marit.get_by_role("link", name="Vraag hulp").first.click()
    marit.get_by_label(re.compile("Dringend")).check()
    marit.locator("select[name=topic]").select_option(label="Explosie")
    marit.locator("select[name=municipalities]").select_option(label="Waterdijk")
    marit.get_by_label("Straat of plek").fill("Kokmeeuwstraat")
    marit.get_by_label("opvang ter plaatse").check()
    marit.get_by_label("Op welk nummer bellen wij terug?").fill("06-00000081")
    marit.get_by_role("button", name="Vraag hulp").click()
    marit.wait_for_url(re.compile(r"/werk/hulp-vragen/[0-9a-f-]{36}/"))
    pk = nabij.rows("SELECT id FROM incidents_incident ORDER BY reported_at DESC LIMIT 1")[0][0]
    return marit, pk


def ask_and_promise(marit, pk, log_in, look):
    address = street.ask_people(marit, pk, DAY, HOURS)
    olaf = log_in("olaf.kruit", desk=True)
    olaf.goto(address)
    look(olaf, "asked")
    street.promise(olaf, address, "Imke Tol")
    assert "De mensen zijn toegezegd" in olaf.locator("main").inner_text()


def plan(marit, pk, walked, look):
    """A round of 84 doors with one pair; gives the address of its page."""
    marit.goto(f"/werk/deuren/{pk}/nieuw/")
    lines = [f"{street.STREET} {number}" for number in [*walked, walked[0]]]
    marit.locator("[name=addresses]").fill("\n".join(lines))
    street.fill_hours(marit, DAY, HOURS)
    look(marit, "new")
    marit.get_by_role("button", name="Maak de ronde").click()
    marit.wait_for_url("**/werk/deuren/ronde/**")
    return street.pair_and_brief(marit, "Marit Schouten", "Imke Tol")


def walking(page, address):
    """This page with everything a phone needs without a signal."""
    page.goto(address)
    page.wait_for_selector("[data-walk][data-ready]")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_selector("[data-walk][data-ready]")
    return page


def door(page, number):
    return page.locator("li.walk", has=page.locator(f"strong:text-is('Kokmeeuwstraat {number}')"))


def tap(page, number, words):
    door(page, number).locator(f"button:has-text('{words}'):visible").click()
    page.wait_for_function(WAITS, arg=number)


def sums(page):
    """The numbers as they stand at one moment, between two changes of the script."""
    read = "all => Object.fromEntries(all.map(each => [each.dataset.sum, Number(each.innerText)]))"
    return page.locator("[data-sum]").evaluate_all(read)


def outcome_of(nabij, pk, number):
    sql = f"SELECT outcome, is_disputed FROM doors_door {OF_EVENT} AND number = %s"
    return nabij.rows(sql, pk, number)[0]


def walk_without_a_signal(imke, marit, houses, look):
    """Both phones go on, differ about one door, and one of them takes a card."""
    first, second, third = houses
    for phone in (imke, marit):
        phone.context.set_offline(True)
    imke.reload()
    tap(imke, first, "niemand thuis")
    tap(imke, second, "gesproken")
    tap(imke, third, "wil niet")
    tap(imke, third, "Terug")
    tap(imke, third, "leeg")
    tap(marit, first, "gesproken")
    assert sums(imke) == {"open": 81, "talked": 1, "flyer": 0, "refused": 0, "nobody": 1, "empty": 1}
    imke.locator("[data-card] summary").click()
    imke.locator("[name=agreed]").check()
    imke.locator("[name=is_old_enough]").check()
    imke.locator("[name=name]").fill(ALIAS)
    imke.locator("[name=phone]").fill(PHONE)
    look(imke, "card")
    imke.get_by_role("button", name="Doe de kaart op slot").click()
    imke.wait_for_selector("text=De kaart is op slot")
    imke.reload()
    assert sum(sums(imke).values()) == 84
    imke.wait_for_selector("[data-status]:has-text('bewaard')")
    look(imke, "offline")


def holds_nothing(imke):
    """What a lost phone holds: no alias, no number, nothing of the card."""
    kept = imke.evaluate(EVERYTHING_KEPT)
    assert len(kept) > 8
    assert any("envelope" in each for each in kept)
    for secret in (ALIAS, "Zonnebloem", PHONE, PHONE[2:]):
        assert not [each for each in kept if secret in each]
    assert imke.locator("[name=name]").input_value() == ""


def send_and_choose(nabij, pk, imke, marit, houses, look):
    """A signal again: first one phone, then the other; both are shown that they differ."""
    first, _second, third = houses
    imke.context.set_offline(False)
    imke.evaluate(ONLINE)
    wait_for(lambda: outcome_of(nabij, pk, first)[0] == "nobody", why="the first phone did not send")
    wait_for(lambda: outcome_of(nabij, pk, third)[0] == "empty", why="the first phone did not send all")
    marit.context.set_offline(False)
    marit.evaluate(ONLINE)
    wait_for(lambda: outcome_of(nabij, pk, first) == ("nobody", True), why="the conflict was not kept")
    imke.evaluate(ONLINE)
    for phone in (marit, imke):
        phone.wait_for_selector("text=Twee telefoons zeggen iets anders")
    look(marit, "conflict")
    door(marit, first).get_by_role("button", name=re.compile("gesproken")).click()
    wait_for(lambda: outcome_of(nabij, pk, first) == ("talked", False), why="the choice was not kept")
    notes = nabij.rows(
        f"SELECT count(*) FROM doors_doornote n JOIN doors_door d ON d.id = door_id {OF_EVENT}", pk
    )
    assert notes[0][0] == 6
    # the clocks of these phones are months behind: what counts is how long ago was tapped
    of_notes = f"doors_doornote n JOIN doors_door d ON d.id = door_id {OF_EVENT}"
    sql = f"SELECT bool_and(noted_at >= planned_at) FROM {of_notes}"
    assert nabij.rows(sql, pk) == [(True,)]


def is_opened_for_victim_support_only(nabij, pk, marit, address, look):
    """The card became a person with a wish, and nobody here can read it any more."""
    wish = f"SELECT envelope, opened_at FROM doors_sealedwish {OF_EVENT}"
    opened = wait_for(lambda: [row for row in nabij.rows(wish, pk) if row[1]], why="the wish was not opened")
    assert bytes(opened[0][0]) == b""
    found = nabij.rows("SELECT source, consent_version FROM people_contactwish WHERE incident_id = %s", pk)
    assert found == [("door", "deur-1")]
    marit.goto(address.replace("/lopen/", "/").replace("/deuren/", "/deuren/ronde/"))
    text = marit.locator("main").inner_text()
    assert ALIAS not in text
    assert "Wil contact: minder dan 10" in text
    look(marit, "round")
    marit.goto(f"/werk/gebeurtenissen/{pk}/")
    assert "Deuren samen" in marit.locator("main").inner_text()
    look(marit, "room")


def test_two_phones_without_a_signal_lose_nothing_and_show_nothing(nabij, log_in, incident, look):
    marit, pk = incident
    ask_and_promise(marit, pk, log_in, look)
    walked, _left = street.addresses(nabij, 84)
    address = plan(marit, pk, walked, look)
    imke = walking(log_in("imke.tol"), address)
    walking(marit, address)
    look(imke, "walk")
    assert sum(sums(imke).values()) == 84
    assert imke.locator("li.walk").count() == 84

    walk_without_a_signal(imke, marit, walked[:3], look)
    holds_nothing(imke)
    send_and_choose(nabij, pk, imke, marit, walked[:3], look)
    is_opened_for_victim_support_only(nabij, pk, marit, address, look)

    # a phone whose login ended keeps no doors either
    imke.context.clear_cookies()
    imke.evaluate(ONLINE)
    imke.wait_for_selector("text=Log opnieuw in")
    assert not [each for each in imke.evaluate(EVERYTHING_KEPT) if "Kokmeeuwstraat" in each]
