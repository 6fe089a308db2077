"""The steps by which a centre is ordered, written, approved and put live, as people click through them."""

import re
import time

import requests

from tests.journeys.conftest import wait_for

CENTRE = re.compile(r"/werk/iac/[0-9a-f-]{36}/$")
WITHIN = 2.0  # seconds from the publication to the public page


def fill_commission(page, *, name, controller="Gemeente Waterdijk"):
    """The form of an order, filled in."""
    page.get_by_label("Naam op de site").fill(name)
    page.get_by_label("Wie geeft de opdracht?").fill("De burgemeester van Waterdijk")
    page.get_by_label("Wie is verantwoordelijk voor de gegevens?").fill(controller)
    page.get_by_label("Wie is de woordvoerder?").fill("Woordvoerder, 06-00000085")
    page.get_by_label("Voor welk gebied?").fill("Waterdijk")
    page.locator("[name=audiences]").first.check()
    page.locator("[name=wants_closed_part][value=ja]").check()


def order(page):
    page.get_by_role("button", name="Opdracht versturen").click()


def path_of(page):
    return "/werk/iac/" + page.url.split("/werk/iac/")[1]


def site_of(nabij, centre):
    slug = nabij.rows("SELECT slug FROM centres_advicecentre WHERE id = %s", centre.strip("/").split("/")[-1])
    return f"/iac/{slug[0][0]}/"


def write_message(page, centre, text, english="", *, is_for_all=False):
    page.goto(f"{centre}bericht/")
    page.get_by_label("Bericht", exact=True).fill(text)
    page.get_by_label("Hetzelfde bericht in het Engels").fill(english)
    page.get_by_label("Bron").fill("Gemeente Waterdijk")
    if is_for_all:
        page.get_by_label("Iedereen, meteen").check()
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url(CENTRE)


def approve_all(page, centre):
    page.goto(f"{centre}goedkeuren/")
    page.get_by_role("button", name="Keur goed wat is aangevinkt").click()
    page.wait_for_url(CENTRE)


def go_live(page, centre):
    page.goto(centre)
    with page.expect_navigation():
        page.get_by_role("button", name="Zet live").click()


def public(nabij, path):
    """What anybody reads at this address; empty when there is nothing."""
    answer = requests.get(f"{nabij.url}{path}", timeout=5)
    return answer.text if answer.status_code == 200 else ""


def readable(nabij, path, words, since):
    """Waits until the words stand on the public page, and holds that against the norm."""
    wait_for(lambda: words in public(nabij, path), why=f"{words} is not on {path}")
    assert time.monotonic() - since < WITHIN, path


def gone(nabij, path, words, since):
    wait_for(lambda: words not in public(nabij, path), why=f"{words} is still on {path}")
    assert time.monotonic() - since < WITHIN, path


def task(page, title):
    """The line of one text on the page of the centre."""
    return page.locator("li.task").filter(has_text=title)
