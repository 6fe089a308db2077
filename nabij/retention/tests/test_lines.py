"""Old days of the trail and the read log go by the owner's hand only, and the trail says what went."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection

from nabij.audit.actor import SYSTEM
from nabij.audit.models import ReadEntry, TrailEntry
from nabij.cases.factories import WEDNESDAY, make_case
from nabij.cases.models import Case
from nabij.incidents.factories import make_incident
from nabij.kit import clock
from nabij.notify.factories import make_message
from nabij.privacy.actions import remove_expired
from nabij.privacy.models import HoldOn, RetentionRun
from nabij.privacy.queries import hours_since_run
from nabij.retention.actions import shorten_logs
from nabij.retention.factories import hold_on

MIDNIGHT = datetime(2032, 2, 3, 23, 0, tzinfo=UTC)  # five years after the day of the lines was over
SECOND = timedelta(seconds=1)


def happened(at=WEDNESDAY, **told):
    return TrailEntry.objects.create(
        verb="case.opened", at=at, actor_kind="system", subject_kind="Case", **{"subject_id": uuid4(), **told}
    )


def read(person_id, at=WEDNESDAY):
    return ReadEntry.objects.create(at=at, person_id=person_id, actor_kind="system", purpose="aftercare")


def left(*rows):
    return [type(each).objects.filter(pk=each.pk).exists() for each in rows]


def shorten(at=MIDNIGHT):
    return {each.kind: (each.removed, each.held_back) for each in shorten_logs(by=SYSTEM, at=at)}


@pytest.mark.django_db
def test_whole_days_go_when_the_last_line_of_the_day_is_past_its_term():
    morning = happened(WEDNESDAY - timedelta(hours=12))
    evening, looked = happened(), read(uuid4())
    next_day = happened(WEDNESDAY + timedelta(hours=6))
    assert shorten(MIDNIGHT - SECOND) == {"trail": (0, 0), "read_log": (0, 0)}
    assert left(morning, evening, looked) == [True, True, True]
    assert shorten() == {"trail": (2, 0), "read_log": (1, 0)}
    assert left(morning, evening, looked, next_day) == [False, False, False, True]


@pytest.mark.django_db
def test_the_trail_says_how_many_lines_went_and_which():
    first, last, looked = happened(), happened(thread_id=uuid4(), actor_id=uuid4()), read(uuid4())
    shorten()
    said = {each.facts["log"]: each for each in TrailEntry.objects.filter(verb="log.shortened")}
    assert said["trail"].facts == {"log": "trail", "first": first.pk, "last": last.pk, "removed": 2}
    assert said["read_log"].facts == {"log": "read_log", "first": looked.pk, "last": looked.pk, "removed": 1}
    assert said["trail"].subject_id == RetentionRun.objects.get(kind="trail").pk
    shorten(MIDNIGHT + timedelta(hours=1))
    assert TrailEntry.objects.filter(verb="log.shortened").count() == 2, "nothing went, nothing is said"


@pytest.mark.parametrize("on", HoldOn.values)
def test_lines_about_or_by_who_is_held_stay_until_the_hold_is_over(noordwest, on):
    case, incident = make_case("Elske Rademaker", helper=noordwest.member.ayla), make_incident()
    Case.objects.update(incident=incident)
    TrailEntry.objects.filter(at__lt=MIDNIGHT).delete()
    subject = case.person_id if on == HoldOn.PERSON else incident.pk
    hold_on(HoldOn(on), subject, by=noordwest.olaf, at=MIDNIGHT, days=9)
    kept = [
        happened(thread_id=case.person_id), happened(subject_id=case.person_id),
        happened(actor_id=case.person_id), happened(thread_id=case.pk), happened(subject_id=case.pk),
        read(case.person_id), *([happened(thread_id=incident.pk)] if on == HoldOn.INCIDENT else []),
    ]  # fmt: skip
    goes = [happened(), read(uuid4())]
    assert shorten() == {"trail": (1, len(kept) - 1), "read_log": (1, 1)}
    assert left(*kept) == [True] * len(kept)
    assert left(*goes) == [False, False]
    shorten(MIDNIGHT + timedelta(days=30))
    assert left(*kept) == [False] * len(kept)


@pytest.mark.django_db
def test_the_night_leaves_the_logs_alone_and_the_owner_leaves_the_rest_alone():
    rows, message = [happened(), read(uuid4())], make_message(uuid4(), at=WEDNESDAY)
    remove_expired(by=SYSTEM, at=MIDNIGHT)
    assert left(*rows) == [True, True]
    assert not RetentionRun.objects.filter(kind__in=["trail", "read_log"]).exists()
    RetentionRun.objects.all().delete()
    shorten()
    assert left(message) == [True]
    assert set(RetentionRun.objects.values_list("kind", flat=True)) == {"trail", "read_log"}


@pytest.mark.django_db
def test_the_owner_s_command_does_not_hide_that_the_night_was_silent():
    remove_expired(by=SYSTEM, at=MIDNIGHT - timedelta(hours=60))
    shorten()
    assert hours_since_run(MIDNIGHT) == 60


@pytest.mark.django_db
def test_the_role_that_serves_can_shorten_nothing():
    rows = [happened(), read(uuid4())]
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE nabij_app")
        try:
            with pytest.raises(PermissionDenied, match="eigenaar"):
                shorten()
            with pytest.raises(CommandError, match="eigenaar"):
                call_command("shorten_logs")
        finally:
            cursor.execute("RESET ROLE")
    assert left(*rows) == [True, True]


@pytest.mark.django_db
def test_the_command_says_counts_and_nothing_else(capsys):
    old = clock.now() - timedelta(days=5 * 366 + 2)
    for row in (happened(old), happened(old), read(uuid4(), old)):
        assert left(row) == [True]
    call_command("shorten_logs")
    assert capsys.readouterr().out.splitlines() == [
        "Inzagelog: 1 gewist, 0 tegengehouden",
        "Spoor: 2 gewist, 0 tegengehouden",
    ]


@pytest.mark.django_db
def test_the_command_fails_when_not_all_of_it_went(monkeypatch):
    monkeypatch.setattr("nabij.privacy.actions.removing.batches", lambda term: (1, 1))
    old = clock.now() - timedelta(days=5 * 366 + 2)
    happened(old), happened(old)
    with pytest.raises(CommandError, match="Niet alles"):
        call_command("shorten_logs")
