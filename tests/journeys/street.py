"""What journeys do in the street: a round, a pair, and many doors at once by the phone's own store."""

import base64
import hmac
import re
from itertools import count

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STREET = "Kokmeeuwstraat"
ONE_IN = 20  # decision 0028
PRESS = """async ({ outcomes, cards, from }) => {
  const root = document.querySelector("[data-walk]");
  const { walk: round, key, consent: consent_version } = root.dataset;
  let order = Date.now();
  const keep = (what) => window.nabijPocket.keep({ round, order: order++, ...what });
  const doors = [...root.querySelectorAll("li.walk")].slice(from, from + outcomes.length);
  for (const [place, item] of doors.entries()) {
    const { door, note } = item.dataset;
    await keep({
      id: crypto.randomUUID(), kind: "tap", door, outcome: outcomes[place], previous: note || null,
      pressed: Date.now(),
    });
  }
  for (const card of cards) {
    const id = crypto.randomUUID();
    const envelope = await window.nabijSeal(key, `${round}:${id}`, { ...card, consent_version });
    await keep({ id, kind: "card", envelope });
  }
  window.dispatchEvent(new Event("online"));
  return doors.length;
}"""


def addresses(nabij, number):
    """As many house numbers as hold so many doors to walk; and those among them that are left to others."""
    secret = base64.urlsafe_b64decode(nabij.stack.env("owner")["NABIJ_BLIND_KEY"])
    info = b"nabij blind index\x00doors\x00elsewhere"
    key = HKDF(SHA256(), 32, salt=None, info=info).derive(secret)

    def is_left(house):
        mark = hmac.digest(key, f"{STREET.casefold()}|{house}|".encode(), "sha256")
        return int.from_bytes(mark[:8]) % ONE_IN == 0

    walked, left = [], []
    houses = count(1)
    while len(walked) < number:
        house = next(houses)
        (left if is_left(house) else walked).append(house)
    return walked, left


def ask_people(page, incident, day, hours=("11:00", "15:00")):
    """The municipality asks two people for a round; gives the address of the ask."""
    page.goto(f"/werk/deuren/{incident}/vragen/")
    page.locator("[name=kind]").select_option("doors")
    page.locator("[name=number]").fill("2")
    page.locator("[name=where]").fill("Buurthuis")
    fill_hours(page, day, hours)
    page.get_by_role("button", name="Verstuur de vraag").click()
    return page.url


def promise(leader, address, *names):
    """Victim support promises these people."""
    leader.goto(address)
    for name in names:
        leader.get_by_label(name).check()
    leader.get_by_role("button", name="Zeg deze mensen toe").click()


def fill_hours(page, day, hours):
    page.locator("[name=starts_at]").fill(f"{day}T{hours[0]}")
    page.locator("[name=ends_at]").fill(f"{day}T{hours[1]}")


def pair_and_brief(page, municipal, supporter):
    """One pair of both organisations, which may go; gives the address of who walks."""
    page.locator("[name=municipal]").select_option(label=municipal)
    page.locator("[name=supporter]").select_option(label=supporter)
    page.get_by_role("button", name="Maak dit koppel").click()
    page.get_by_role("link", name="Briefing A").click()
    for point in page.locator("[name=points]").all():
        point.check()
    page.get_by_role("button", name="Klaar").click()
    page.wait_for_url("**/lopen/")
    return str(page.url)


def ready(page, address):
    """The list of doors on a phone that has all it needs."""
    page.goto(address)
    page.wait_for_selector("[data-walk][data-ready]")
    return page


def press_all(phones, outcomes, cards):
    """Each phone of a pair takes its part of the doors and of the cards, and sends them."""
    each = -(-len(outcomes) // len(phones))
    share = -(-len(cards) // len(phones))
    for place, phone in enumerate(phones):
        mine = outcomes[place * each : (place + 1) * each]
        given = {"outcomes": mine, "cards": cards[place * share : (place + 1) * share], "from": place * each}
        assert phone.evaluate(PRESS, given) == len(mine)


def wishes(first, number):
    """Cards of people who want to be called."""
    return [
        {"name": f"Buur {each}", "phone": f"06000005{each:02}", "time": "any", "language": "nl"}
        for each in range(first, first + number)
    ]


def sums_of(page):
    """The numbers under the street, by their words."""
    text = page.locator("[data-sums]").inner_text()
    return {words.strip(): int(number) for words, number in re.findall(r"([^\d\n]+)\s*\n\s*(\d+)", text)}
