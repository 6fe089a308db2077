from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from nabij.contact import pages
from nabij.contact.doors import CallerKind, DoorKey, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.contact.pages import answer_fragment, public_pages

NIGHT = datetime(2027, 1, 10, 3, 31, tzinfo=ZoneInfo("Europe/Amsterdam"))
AFTERNOON = datetime(2027, 1, 12, 14, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_public_page_renders_without_a_request(language: str) -> None:
    for address, render in public_pages():
        html = render(language)
        assert address.startswith("/")
        assert f'lang="{language}"' in html
        assert "csrf" not in html


def test_an_unknown_language_gets_the_dutch_page() -> None:
    assert pages.first_steps_page("tr") == pages.first_steps_page("nl")


def test_an_english_page_leads_to_english_pages_and_to_its_dutch_twin() -> None:
    html = pages.door_page("en")
    assert 'href="/en/bellen/gemeente/"' in html
    assert 'href="/bellen/"' in html
    assert "/bellen/nu/?taal=en" in html
    assert 'href="/en/nu/"' in answer_fragment(CallerKind.RESIDENT, Urgency.URGENT, NIGHT, "en")


def test_the_door_of_the_first_steps_leads_to_the_page_of_the_first_steps() -> None:
    doors = doors_for(CallerKind.RESIDENT, Urgency.URGENT, NIGHT, opening_hours())
    assert (doors.primary.key, doors.primary.url) == (DoorKey.FIRST_STEPS, reverse("contact:first_steps"))


def test_the_help_page_has_first_steps_112_113_and_the_hours_in_words() -> None:
    html = pages.first_steps_page("nl")
    for expected in (
        "tel:112",
        "tel:113",
        "tel:08002000",
        "maandag tot en met vrijdag van 08.00 tot 20.00 uur",
    ):
        assert expected in html


def test_the_fallback_without_javascript_is_a_table_of_the_hours() -> None:
    html = pages.door_page("nl")
    assert "08.00 tot 20.00 uur" in html
    assert "10.00 tot 17.00 uur" in html
    assert "dicht" in html


def test_the_page_of_a_school_never_offers_the_control_room() -> None:
    assert "meldkamer" not in pages.caller_page(CallerKind.SCHOOL, "nl")
    assert "meldkamer" in pages.caller_page(CallerKind.MUNICIPALITY, "nl")


def test_the_status_says_until_when_the_line_is_open_or_when_it_opens() -> None:
    assert "Nu open, tot 20.00 uur." in answer_fragment(None, None, AFTERNOON, "nl")
    night = answer_fragment(None, None, NIGHT, "nl")
    assert "Nu dicht. Open maandag 11 januari 2027 om 08.00 uur." in night
    assert "0900" not in night


def test_the_answer_to_an_official_at_night_has_no_closed_number() -> None:
    html = answer_fragment(CallerKind.MUNICIPALITY, Urgency.URGENT, NIGHT, "nl")
    assert "meldkamer" in html
    assert "0900-0101" not in html
    assert "Nu dicht" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/bellen/", "/bellen/gemeente/", "/bellen/nu/", "/nu/"])
def test_the_pages_are_for_everybody_and_set_no_cookie(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.django_db
def test_the_live_status_may_be_kept_for_at_most_twenty_seconds(client: Client) -> None:
    response = client.get("/bellen/nu/", {"wie": "gemeente", "haast": "spoed"}, headers=HTMX)
    public, age = response.headers["Cache-Control"].split(", max-age=")
    assert public == "public"
    assert 0 <= int(age) <= 20
    assert "HX-Request" in response.headers["Vary"]
    assert "<html" not in response.content.decode()


@pytest.mark.django_db
def test_without_javascript_the_same_address_is_a_whole_page(client: Client) -> None:
    html = client.get("/bellen/nu/", {"wie": "school", "haast": "spoed"}).content.decode()
    assert "<html" in html
    assert "School" in html


@pytest.mark.django_db
def test_an_unknown_caller_or_urgency_gets_the_general_answer_or_a_404(client: Client) -> None:
    assert client.get("/bellen/bakker/").status_code == 404
    assert client.get("/bellen/nu/", {"wie": "bakker", "haast": "x" * 10_000}).status_code == 200
    assert client.post("/bellen/nu/").status_code == 405
