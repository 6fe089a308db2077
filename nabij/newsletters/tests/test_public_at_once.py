"""One centre among several: all its pages come first, and a withdrawal holds when nothing works."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nabij import settings
from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.centres import pages as centre_pages
from nabij.centres.actions import take_offline, withdraw_version
from nabij.centres.factories import EVENING, make_live_centre, make_news
from nabij.centres.queries import text_states
from nabij.newsletters import printing
from nabij.newsletters.actions import end_sis, start_sis
from nabij.publish.actions import release
from nabij.publish.manifest import current_pages
from nabij.publish.queries import released_text, subjects_of

pytestmark = pytest.mark.django_db
WORDS, LATER = "De opvang is in De Meent.", EVENING + timedelta(hours=1)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings.ENV, "data_dir", tmp_path)
    make_municipality()
    return tmp_path / "releases"


@pytest.fixture
def two(folder):
    centres = make_live_centre(), make_live_centre()
    make_news(centres[0], WORDS, "The shelter is open.")
    release(by=SYSTEM, at=EVENING)
    return centres


def last_told(centre):
    """What the job of the last publication of this centre is asked to make."""
    entry = TrailEntry.objects.filter(subject_id=centre.pk, verb__startswith="centre.").latest("pk")
    return entry.facts, subjects_of({entry.pk})


def test_only_the_pages_of_the_centre_and_home_are_made_when_it_changes(folder, two):
    first, second = two
    make_news(second, "Nieuws van de tweede.", at=LATER)
    _facts, subjects = last_told(second)
    made = release(by=SYSTEM, at=LATER, of=subjects)
    assert made.failed == 0
    fresh = {path for path, page in current_pages(folder).items() if page.made_at == LATER}
    here = {
        f"{start}{second.path}{end}"
        for start in ("", "/en")
        for end in ("", "print/", "aanmelden/", "nieuws/")
    }
    assert fresh == {*here, "/", "/en/"}
    assert "Nieuws van de tweede." in released_text(second.path)
    assert WORDS in released_text(first.path)
    assert len(current_pages(folder)) == made.pages


def test_a_centre_that_goes_offline_is_gone_and_named_nowhere_at_once(folder, two):
    first, second = two
    assert first.path in released_text("/")
    take_offline(first, by=make_actor(Role.IAC_CHIEF), at=LATER)
    facts, subjects = last_told(first)
    assert facts["takes_away"] is True
    release(by=SYSTEM, at=LATER, of=subjects)
    assert not [path for path in current_pages(folder) if first.path in path]
    assert first.path not in released_text("/")
    assert second.path in released_text("/")


def test_what_was_withdrawn_stays_nowhere_when_pages_cannot_be_made(folder, two, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError

    first, second = two
    [version] = [
        state.live for state in text_states(first) if state.text.is_message and state.text.language == "nl"
    ]
    withdraw_version(version, reason="klopt niet", by=make_actor(Role.IAC_EDITOR), at=LATER)
    for module in (centre_pages, printing):
        monkeypatch.setattr(module, "render_public", broken)
    facts, subjects = last_told(first)
    assert facts["takes_away"] is True
    made = release(by=SYSTEM, at=LATER, of=subjects)
    assert made.failed == 4
    for path in (first.path, f"{first.path}print/", f"/en{first.path}", f"/en{first.path}print/"):
        page = released_text(path)
        assert WORDS not in page
        assert "The shelter is open." not in page
        assert first.name in page
    assert "Deze pagina wordt hersteld" in released_text(first.path)
    assert "being repaired" in released_text(f"/en{first.path}")
    assert 'name="phone"' in released_text(f"{first.path}aanmelden/"), "one can still register"
    assert "wordt hersteld" not in released_text(second.path)


def test_a_number_that_was_taken_away_is_no_longer_told(folder, two):
    first, _second = two
    chief = make_actor(Role.IAC_CHIEF)
    start_sis(first, first.commission.organisation, by=chief, at=LATER)
    assert last_told(first)[0] == {"takes_away": False}
    end_sis(first, by=chief, at=LATER)
    assert last_told(first)[0] == {"takes_away": True}


def test_the_texts_of_a_centre_are_asked_once_for_all_its_pages(folder, two):
    first, _second = two
    with CaptureQueriesContext(connection) as captured:
        release(by=SYSTEM, at=LATER, of={first.pk})
    asked = [each["sql"] for each in captured if "centres_textversion" in each["sql"]]
    assert len(asked) == 1
