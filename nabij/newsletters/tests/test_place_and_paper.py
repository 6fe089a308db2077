"""Where a centre is, and its page on one sheet of A4: what is decided stands everywhere at once."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.centres.actions import archive_centre, withdraw_version
from nabij.centres.factories import make_news
from nabij.centres.models import TextVersion
from nabij.centres.pages import centre_page
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import ERASED
from nabij.newsletters.actions import decide_place
from nabij.newsletters.factories import HALL, make_place
from nabij.newsletters.keeping import PLACES
from nabij.newsletters.models import CentrePlace, Mode
from nabij.newsletters.printing import fitting, print_page, print_pages, sheet_of
from nabij.newsletters.queries.places import place_facts, place_lines
from nabij.newsletters.tests.conftest import LATER
from nabij.privacy.removal import Held
from nabij.publish.pages import all_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make_actor(Role.IAC_CHIEF)


def test_a_place_stands_on_page_paper_and_script_at_once(centre, chief, log_in):
    assert "De Meent" not in centre_page(centre, "nl")
    make_place(centre, by=chief, at=LATER)
    script = reverse("newsletters:script", args=[centre.pk, "nl"])
    told = log_in(Role.IAC_REGISTRAR).get(script).content.decode()
    for html in (centre_page(centre, "nl"), print_page(centre, "nl"), told):
        assert "Wijkhuis De Meent, Dorpsstraat 1, Waterdijk" in html
        assert "Open: ma–vr 09:00–17:00" in html
        assert "Bus 12, halte Dorpsstraat" in html
        assert "met een rolstoel" in html
        assert "Wij spreken: Nederlands, Engels, Arabisch" in html
    assert "Mon–Fri" in centre_page(centre, "en")
    entry = TrailEntry.objects.get(verb="centre.place_decided")
    assert (entry.thread_id, entry.facts) == (centre.incident_id, {"mode": "both", "number": 1})
    decide_place(centre, Mode.ONLINE, HALL, "Er komt niemand meer.", by=chief, at=LATER)
    assert "De Meent" not in centre_page(centre, "nl")
    assert [line.reason for line in place_lines(centre)] == ["Er komt niemand meer.", "Er is veel vraag."]


def test_days_that_do_not_follow_each_other_are_named_apart_and_arabic_keeps_its_order(centre, chief):
    place = make_place(centre, by=chief)
    place.weekdays, place.route, place.is_step_free = [6, 1, 2, 4], "", False
    assert place_facts(place, "nl")[1] == "Open: ma–di, do, za 09:00–17:00"
    assert "drempels" in place_facts(place, "nl")[2]
    assert "\u206609:00–17:00\u2069" in place_facts(place, "ar")[1]


def test_only_the_chief_decides_with_a_reason_and_two_at_once_take_turns(centre, chief):
    with pytest.raises(PermissionDenied):
        make_place(centre, by=make_actor(Role.IAC_EDITOR))
    with pytest.raises(Refused):
        decide_place(centre, Mode.BOTH, HALL, "  ", by=chief, at=LATER)
    decide_place(centre, Mode.BOTH, HALL, "Eerst.", by=chief, at=LATER, known=0)
    with pytest.raises(Refused, match="Een ander besloot"):
        decide_place(centre, Mode.ONLINE, None, "Tegelijk.", by=chief, at=LATER, known=0)
    archive_centre(centre, by=chief, at=LATER)
    centre.refresh_from_db()
    assert "De Meent" not in centre_page(centre, "nl")
    with pytest.raises(PermissionDenied):
        make_place(centre, by=chief)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"closes": "08:00"}, {"weekdays": []}, {"languages": []}])
def test_the_database_knows_no_place_without_where_and_when(centre, chief, wrong):
    place = make_place(centre, by=chief)
    with pytest.raises(IntegrityError), transaction.atomic():
        CentrePlace.objects.filter(pk=place.pk).update(**wrong)


def test_the_chief_decides_on_a_page_and_what_was_typed_stays(centre, log_in):
    page, desk = reverse("newsletters:place", args=[centre.pk]), log_in(Role.IAC_CHIEF)
    assert "alleen online" in desk.get(page).content.decode()
    typed = {"mode": "both", "name": "Wijkhuis", "opens": "09:00", "closes": "08:00", "known": "0"}
    wrong = desk.post(page, typed)
    html = unescape(wrong.content.decode())
    assert wrong.status_code == 422
    for words in (
        "Schrijf het adres",
        "Kies de dagen",
        "sluit na het opengaat",
        "ten minste één taal",
        "Wijkhuis",
    ):
        assert words in html
    right = {
        **typed, "closes": "17:00", "address": "Dorpsstraat 1", "weekdays": ["1", "2"], "languages": ["nl"],
        "reason": "Veel vraag",
    }  # fmt: skip
    assert "Het staat nu op de pagina" in desk.post(page, right, follow=True).content.decode()
    assert "Een ander besloot" in desk.post(page, right).content.decode()
    assert desk.post(page, {"mode": "online", "reason": "Rustig", "known": "1"}).status_code == 302
    reading = log_in(Role.IAC_EDITOR)
    assert "Veel vraag" in reading.get(page).content.decode()
    assert "Besluit<" not in reading.get(page).content.decode()
    assert reading.post(page, right).status_code == 403
    assert log_in(Role.IAC_REGISTRAR).get(page).status_code == 404


def test_reasons_are_erased_a_year_after_the_end_unless_the_incident_is_held(centre, chief):
    make_place(centre, by=chief)
    assert not PLACES.rows(LATER + timedelta(days=999)).exists()
    archive_centre(centre, by=chief, at=LATER)
    rows = PLACES.rows(LATER + timedelta(seconds=1))
    assert rows.exclude(PLACES.about(Held(incidents=[centre.incident_id]))).count() == 0
    PLACES.remove(rows, by=SYSTEM, at=LATER)
    assert [line.reason for line in place_lines(centre)] == [ERASED]


def test_a_sheet_is_released_in_each_language_with_moment_version_and_code(centre, chief):
    make_news(centre, "Het vuur is uit.", "The fire is out.", at=LATER)
    paths = [page.path for page in print_pages()]
    assert paths == [f"{centre.path}print/", f"/en{centre.path}print/"]
    assert set(paths) <= {page.path for page in all_pages()}
    html = print_page(centre, "nl")
    assert "Het vuur is uit." in html
    assert "The fire is out." in print_page(centre, "en")
    assert "<svg" in html
    assert "versie" in html
    before = sheet_of(centre, "nl")["number"]
    make_place(centre, by=chief, at=LATER)
    withdraw_version(
        TextVersion.objects.get(text__is_message=True, text__language="nl"),
        reason="Klopt niet",
        by=chief,
        at=LATER,
    )
    assert sheet_of(centre, "nl")["number"] == before + 3, "both languages and the place"
    assert "Het vuur is uit." not in print_page(centre, "nl")
    assert f'href="{centre.path}print/"' in centre_page(centre, "nl")


def test_what_does_not_fit_is_left_out_by_the_paragraph_and_said(centre):
    long = "\n\n".join(["Eerste alinea.", "x " * 300, "Laatste."])
    html, is_cut = fitting(long, 100, "nl")
    assert is_cut
    assert "Laatste" not in html
    html, is_cut = fitting("woord " * 100, 100, "nl")
    assert is_cut
    assert re.search(r"woord …", html)
    assert fitting("Kort.", 100, "nl")[1] is False
    make_news(centre, "Zin. " * 300, at=LATER)
    assert "Meer hierover staat op de pagina." in print_page(centre, "nl")
