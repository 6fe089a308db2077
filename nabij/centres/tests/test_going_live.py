"""S05 3: live is refused as long as something is missing, and readers follow within seconds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from procrastinate.contrib.django import app as jobs

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.centres.actions import (
    announce_next_message,
    approve_version,
    go_live,
    take_offline,
    withdraw_version,
    write_version,
)
from nabij.centres.actions.publishing import NotReady
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_live_centre, make_news
from nabij.centres.models import CentreStatus, CentreText
from nabij.centres.pages import centre_page, public_pages
from nabij.centres.queries import live_centres, missing, state_of, text_states
from nabij.incidents.factories import make_incident
from nabij.incidents.refusals import Refused
from nabij.publish.actions import release
from nabij.publish.serving import serve_release_first
from nabij.publish.tasks import RELEASE
from nabij.publish.tests.browser import behind, get

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(minutes=30)


@pytest.fixture
def chief():
    make_municipality()
    return make_actor(Role.IAC_CHIEF)


def approve(centre, *sections: str) -> None:
    chief = make_actor(Role.IAC_CHIEF)
    for text in CentreText.objects.filter(centre=centre, section__in=sections, language="nl"):
        approve_version(state_of(text).newest, by=chief, at=EVENING)


def waiting_jobs() -> int:
    return len(list(jobs.job_manager.list_jobs(task=RELEASE, status="todo")))


def test_each_missing_thing_is_named_in_dutch(chief):
    centre = make_centre()
    with pytest.raises(NotReady) as refusal:
        go_live(centre, by=chief, at=LATER)
    assert [what.split(" ")[2] for what in refusal.value.wanting[:2]] == ["privacytekst", "contacttekst"]
    assert len(refusal.value.wanting) == 3
    assert "Er ontbreekt" in refusal.value.message


@pytest.mark.parametrize(
    ("approved", "count"),
    [
        (("privacy",), 2), (("contact",), 2), (("privacy", "contact"), 1), (("now", "contact"), 1),
        (("now", "privacy"), 1), (("privacy", "contact", "now"), 0), ((), 3),
    ],
)  # fmt: skip
def test_live_needs_privacy_a_number_and_something_to_say(chief, approved, count):
    centre = make_centre()
    approve(centre, *approved)
    assert len(missing(text_states(centre))) == count
    if count:
        with pytest.raises(NotReady):
            go_live(centre, by=chief, at=LATER)
    else:
        assert go_live(centre, by=chief, at=LATER).status == CentreStatus.LIVE


def test_a_message_is_enough_to_say(chief):
    centre = make_centre()
    approve(centre, "privacy", "contact")
    make_news(centre)
    assert missing(text_states(centre)) == []


def test_a_contact_text_without_a_number_is_not_enough(chief):
    centre = make_centre()
    approve(centre, "privacy", "now")
    text = CentreText.objects.get(centre=centre, section="contact", language="nl")
    version = write_version(
        text, "Vraag het de gemeente.", based_on=1, by=make_actor(Role.IAC_EDITOR), at=EVENING
    )
    approve_version(version, by=chief, at=EVENING)
    assert missing(text_states(centre)) == ["Een goedgekeurde contacttekst met een telefoonnummer"]


def test_a_withdrawn_privacy_text_is_missing_again(chief):
    centre = make_centre()
    approve(centre, "privacy", "contact", "now")
    text = CentreText.objects.get(centre=centre, section="privacy", language="nl")
    withdraw_version(state_of(text).newest, reason="fout", by=chief, at=EVENING)
    with pytest.raises(NotReady):
        go_live(centre, by=chief, at=LATER)


@pytest.mark.parametrize("role", [each for each in Role if each != Role.IAC_CHIEF])
def test_only_the_chief_editor_decides_on_publication(role):
    centre = make_centre()
    approve_everything(centre)
    with pytest.raises(PermissionDenied):
        go_live(centre, by=make_actor(role), at=LATER)


def test_going_live_twice_is_going_live_once(chief):
    centre = make_live_centre()
    again = go_live(centre, by=chief, at=EVENING + timedelta(hours=3))
    assert again.minutes == 98


def test_what_readers_see_follows_in_the_same_transaction(chief):
    centre = make_centre()
    approve_everything(centre)
    assert waiting_jobs() == 0, "nobody reads it yet"
    go_live(centre, by=chief, at=LATER)
    assert waiting_jobs() == 1
    text = CentreText.objects.get(centre=centre, section="now", language="nl")
    version = write_version(text, "Nieuw", based_on=1, by=make_actor(Role.IAC_EDITOR), at=LATER)
    assert waiting_jobs() == 1, "an unapproved text changes nothing for readers"
    approve_version(version, by=chief, at=LATER)
    withdraw_version(version, reason="fout", by=chief, at=LATER)
    announce_next_message(centre, LATER + timedelta(hours=1), by=make_actor(Role.IAC_EDITOR), at=LATER)
    take_offline(centre, by=chief, at=LATER)
    assert waiting_jobs() == 5


def test_a_centre_is_read_from_files_and_gone_when_it_is_offline(chief):
    centre = make_live_centre()
    release(by=SYSTEM, at=LATER)
    site = serve_release_first(behind)
    answer = get(site, centre.path)
    assert answer.status == 200
    assert "0900-0101" in answer.body.decode()
    assert get(site, f"/en{centre.path}").status == 200
    assert get(site, f"{centre.path}aanmelden/").status == 200
    assert get(site, f"/en{centre.path}aanmelden/").status == 200
    take_offline(centre, by=chief, at=LATER)
    release(by=SYSTEM, at=LATER)
    assert get(serve_release_first(behind), centre.path).status == 404
    with pytest.raises(PermissionDenied):
        take_offline(centre, by=chief, at=LATER)


def test_the_page_shows_approved_texts_only(chief):
    centre = make_live_centre()
    text = CentreText.objects.get(centre=centre, section="now", language="nl")
    write_version(text, "Nog niet nagekeken", based_on=1, by=make_actor(Role.IAC_EDITOR), at=LATER)
    html = centre_page(centre, "nl")
    assert "Nog niet nagekeken" not in html
    assert "Wat u nu kunt doen" in html
    assert "<script src=" in html
    assert "csrf" not in html


def test_what_is_not_translated_comes_in_dutch_with_a_note(chief):
    centre = make_centre()
    approve(centre, "privacy", "contact", "now")
    html = centre_page(centre, "en")
    assert "not available in English yet" in html
    assert 'lang="nl"' in html
    assert "About your privacy" in html


def test_news_is_dated_sourced_corrected_and_withdrawn_in_the_open(chief):
    centre = make_live_centre()
    make_news(centre, "Er zijn 23 gewonden.", "23 people are injured.", at=LATER)
    assert "23 people are injured." in centre_page(centre, "en")
    html = centre_page(centre, "nl")
    assert "Er zijn 23 gewonden." in html
    assert "brandweer" in html
    text = CentreText.objects.get(centre=centre, is_message=True, language="nl")
    better = write_version(text, "Er zijn 22 gewonden.", based_on=1, by=make_actor(Role.IAC_EDITOR), at=LATER)
    approve_everything(centre, by=chief, at=LATER)
    html = centre_page(centre, "nl")
    assert "Er zijn 22 gewonden." in html
    assert "Versie <bdi>2</bdi>" in html
    assert "Er zijn 23 gewonden." not in html
    assert "aangepast op" in html
    withdraw_version(better, reason="niet bevestigd", by=chief, at=LATER)
    html = centre_page(centre, "nl")
    assert "gewonden" not in html
    assert "ingetrokken op" in html
    assert "niet bevestigd" not in html


def test_the_next_message_is_announced(chief):
    centre = make_live_centre()
    editor = make_actor(Role.IAC_EDITOR)
    shown = announce_next_message(centre, LATER, by=editor, at=EVENING)
    assert "Volgend bericht" in centre_page(shown, "nl")
    assert "Volgend bericht" not in centre_page(
        announce_next_message(centre, None, by=editor, at=EVENING), "nl"
    )
    with pytest.raises(Refused):
        announce_next_message(centre, EVENING, by=editor, at=EVENING)
    with pytest.raises(PermissionDenied):
        announce_next_message(centre, LATER, by=make_actor(Role.DUTY_OFFICER), at=EVENING)


def test_an_exercise_says_so_and_is_not_on_the_home_page():
    real = make_live_centre()
    drill = make_live_centre(make_incident(at=EVENING, is_exercise=True))
    assert live_centres() == [real]
    assert "OEFENING" in centre_page(drill, "nl")
    assert "OEFENING" not in centre_page(real, "nl")
    assert {page.path for page in public_pages()} >= {real.path, drill.path}


def test_the_page_asks_the_same_queries_whatever_the_number_of_messages(chief, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    centre = make_live_centre()
    make_news(centre)
    centre_page(centre, "nl")
    with CaptureQueriesContext(connection) as one:
        centre_page(centre, "nl")
    for _ in range(4):
        make_news(centre)
    with django_assert_num_queries(len(one)):
        centre_page(centre, "nl")
