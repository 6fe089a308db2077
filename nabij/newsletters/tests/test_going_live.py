"""What was published before a centre went live, and a translation that comes later: who gets which mail."""

from datetime import timedelta

import pytest

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.centres.actions import approve_version, go_live, take_offline, withdraw_version, write_message
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_news
from nabij.centres.models import TextVersion
from nabij.kit import clock
from nabij.newsletters import actions
from nabij.newsletters.factories import make_reader
from nabij.newsletters.models import NewsIssue
from nabij.newsletters.tests.conftest import LATER
from nabij.newsletters.tests.mailing import mails_to, newest, run_jobs, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]
HOUR = timedelta(hours=1)


@pytest.fixture
def not_yet_live():
    clock.move_to(EVENING)
    make_municipality()
    centre = make_centre()
    approve_everything(centre)
    return centre


def live(centre):
    return go_live(centre, by=make_actor(Role.IAC_CHIEF), at=LATER)


def all_to(row):
    return [text_of(message) for message in mails_to(row).order_by("created_at", "pk")]


def test_who_asked_before_the_centre_went_live_gets_the_latest_message_that_stands_and_once(not_yet_live):
    early = make_reader(not_yet_live.incident_id)
    make_news(not_yet_live, "De brand is gemeld.", at=EVENING)
    make_news(not_yet_live, "De brand is onder controle.", at=EVENING + HOUR / 4)
    done = run_jobs()
    assert all_to(early) == [], "nobody can read the page yet"
    live(not_yet_live)
    done = run_jobs(done)
    [mail] = all_to(early)
    assert "onder controle" in mail
    assert "is gemeld" not in mail
    chief = make_actor(Role.IAC_CHIEF)
    take_offline(not_yet_live, by=chief, at=LATER)
    go_live(not_yet_live, by=chief, at=LATER)
    run_jobs(done)
    assert len(all_to(early)) == 1, "a version is mailed once, however often the centre goes live"


def test_what_was_withdrawn_before_going_live_is_never_mailed(not_yet_live):
    early = make_reader(not_yet_live.incident_id)
    make_news(not_yet_live, "Het is een gerucht.", at=EVENING)
    withdraw_version(newest(), reason="Klopt niet", by=make_actor(Role.IAC_EDITOR), at=EVENING)
    live(not_yet_live)
    run_jobs()
    assert all_to(early) == []
    assert not NewsIssue.objects.exists()


def test_an_embargo_and_the_closed_part_are_no_news_at_going_live(not_yet_live):
    early = make_reader(not_yet_live.incident_id)
    for options in ({"embargo_minutes": 600}, {"audience": "closed"}):
        write_message(
            not_yet_live, {"nl": "Er is een bijeenkomst.", "en": ""}, stated_at=EVENING, source="gemeente",
            by=make_actor(Role.IAC_EDITOR), at=EVENING, **options,
        )  # fmt: skip
        standing = TextVersion.objects.filter(text__is_message=True, approved_at__isnull=False).first()
        approve_version(
            newest(), by=make_actor(Role.IAC_CHIEF), at=EVENING, over=standing.pk if standing else None
        )
    live(not_yet_live)
    run_jobs()
    assert all_to(early) == []


def test_at_going_live_each_reads_it_in_their_own_language(not_yet_live):
    dutch, english = (make_reader(not_yet_live.incident_id, each, language=each) for each in ("nl", "en"))
    make_news(not_yet_live, "Het vuur is uit.", "The fire is out.", at=EVENING)
    live(not_yet_live)
    run_jobs()
    assert ["Het vuur is uit." in mail for mail in all_to(dutch)] == [True]
    assert ["The fire is out." in mail for mail in all_to(english)] == [True]


def test_a_centre_that_was_taken_away_again_mails_nothing(not_yet_live):
    make_reader(not_yet_live.incident_id)
    make_news(not_yet_live, at=EVENING)
    live(not_yet_live)
    take_offline(not_yet_live, by=make_actor(Role.IAC_CHIEF), at=LATER)
    assert actions.begin_latest_news(not_yet_live, by=SYSTEM, at=LATER) == []


def test_who_reads_english_gets_the_dutch_words_first_and_the_english_ones_when_they_are_there(centre):
    dutch, english = (make_reader(centre.incident_id, each, language=each) for each in ("nl", "en"))
    write_message(
        centre, {"nl": "Het vuur is uit.", "en": "The fire is out."}, stated_at=LATER, source="brandweer",
        by=make_actor(Role.IAC_EDITOR), at=LATER,
    )  # fmt: skip
    chief = make_actor(Role.IAC_CHIEF)
    versions = {each.text.language: each for each in TextVersion.objects.filter(text__is_message=True)}
    approve_version(versions["nl"], by=chief, at=LATER)
    done = run_jobs()
    assert ["Het vuur is uit." in mail for mail in all_to(english)] == [True]
    approve_version(versions["en"], by=chief, at=LATER + HOUR)
    run_jobs(done)
    assert len(all_to(english)) == 2
    assert any("The fire is out." in mail for mail in all_to(english))
    assert len(all_to(dutch)) == 1
