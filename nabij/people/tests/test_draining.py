import os
import signal
import threading
import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, OperationalError, connection
from django.urls import reverse

from nabij.accounts.factories import make_actor, make_membership, make_municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import SYSTEM
from nabij.audit.models import TrailEntry
from nabij.incidents.factories import make_incident
from nabij.keys.envelope import close
from nabij.keys.sealing import unseal
from nabij.kit import clock
from nabij.notify.models import Channel, ContactPoint
from nabij.people import drain
from nabij.people.actions.registering import believe, place_held, store
from nabij.people.factories import MORNING, make_answers, make_registration, make_submission
from nabij.people.models import (
    AccessGrant,
    BlindIndex,
    Consent,
    ContactWish,
    Registration,
    RegistrationState,
    SpoolPosition,
)
from nabij.people.queries import registration_counts
from nabij.people.queries.spooling import tally_since
from nabij.people.submissions import Submission, from_bytes
from nabij.spool import segments
from nabij.spool import writing as spool

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(web, drain_key):
    writer = spool.Spool(spool.folder())
    drain_key()
    yield writer
    writer.close()


def _send(writer, *submissions):
    for submission in submissions:
        writer.append(close(submission.as_bytes()))


def _age(folder):
    for path in segments.segments(folder):
        os.utime(path, (time.time() - 60,) * 2)


def test_a_submission_becomes_a_registration_with_everything_that_follows_from_it(writer):
    make_municipality("GM9001", "Heidebeek")
    incident = make_incident()
    submission = make_submission(incident.pk, yes_to=("ggd", "victim_support"), urgent="yes", zone="street")
    _send(writer, submission)
    assert drain.drain_all(spool.folder()) == 1
    row = Registration.objects.get()
    assert (row.incident, row.state, row.reference) == (incident, "new", submission.reference)
    assert (row.municipality_code, row.relation, row.needs, row.is_urgent) == (
        "GM9001",
        "resident",
        ["talk"],
        True,
    )
    assert unseal(row.person_id, row.person.name_sealed) == "Mirjam Zandstra"
    assert unseal(row.person_id, row.zone_sealed) == "street"
    assert row.received_at <= row.drained_at
    assert BlindIndex.objects.filter(person=row.person).count() == 4
    assert ContactWish.objects.get().is_urgent
    assert [point.channel for point in ContactPoint.objects.order_by("position")] == [
        Channel.EMAIL,
        Channel.SMS,
    ]
    assert TrailEntry.objects.get(verb="registration.received").facts == {"count": 1}


def test_the_three_consents_are_three_rows_each_with_its_text_version_and_moment():
    row = make_registration(yes_to=("ggd",))
    consents = {each.receiver: each for each in Consent.objects.filter(registration=row)}
    assert {name: each.is_given for name, each in consents.items()} == {
        "victim_support": False,
        "ggd": True,
        "municipality": False,
    }
    assert len({each.text_version for each in consents.values()}) == 3
    assert all(each.at == row.received_at and each.text_version for each in consents.values())


def test_the_preferred_way_comes_first():
    row = make_registration(preferred_way="sms")
    points = ContactPoint.objects.filter(subject_id=row.person_id).order_by("position")
    assert [point.channel for point in points] == [Channel.SMS, Channel.EMAIL]


def test_the_command_stops_when_it_is_told_to(web, drain_key):
    drain_key()
    held = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    try:
        call_command("drain_spool")
    finally:
        timer.join()
        for number, handler in held.items():
            signal.signal(number, handler)
    assert spool.folder().is_dir()


def test_who_wants_no_contact_gets_no_wish():
    make_registration(yes_to=())
    assert not ContactWish.objects.exists()


def test_a_form_sent_twice_is_one_registration_within_a_batch_and_later(writer):
    submission = make_submission(make_incident().pk)
    _send(writer, submission, submission)
    drain.drain_all(spool.folder())
    _send(writer, submission)
    drain.drain_all(spool.folder())
    assert Registration.objects.count() == 1


def test_the_same_form_with_other_answers_is_kept_beside_the_first_and_counted_once(writer):
    incident, key = make_incident(), uuid4()
    first = make_submission(incident.pk, form_key=key)
    second = make_submission(incident.pk, form_key=key, phone="+31600000043")
    _send(writer, first, second, second)
    drain.drain_all(spool.folder())
    _send(writer, second)
    drain.drain_all(spool.folder())
    states = sorted(Registration.objects.values_list("state", "reference"))
    assert states == [("correction", first.reference), ("new", first.reference)]
    third = make_submission(incident.pk, form_key=key, phone="+31600000044")
    _send(writer, third)
    drain.drain_all(spool.folder())
    corrections = Registration.objects.exclude(corrects=None)
    assert [each.corrects.form_key for each in corrections] == [key, key]


def test_an_unknown_incident_is_held_and_placed_when_the_incident_appears():
    nowhere = make_submission(uuid4(), yes_to=("ggd",))
    [row] = store([nowhere], by=SYSTEM, at=MORNING, machine_at=MORNING)
    assert row.state == RegistrationState.HELD
    assert TrailEntry.objects.filter(verb="registration.held", subject_id=row.pk).exists()
    assert place_held(by=SYSTEM, at=MORNING) == 0
    incident = make_incident()
    Registration.objects.update(asked_for=incident.pk)
    assert place_held(by=SYSTEM, at=MORNING) == 1
    row.refresh_from_db()
    assert (row.state, row.incident) == ("new", incident)
    assert ContactWish.objects.get().incident == incident


def test_a_corrected_form_in_the_batch_of_its_first_corrects_that_one():
    incident, key = make_incident(), uuid4()
    sent = [make_submission(incident.pk, form_key=key, needs=[need]) for need in ("talk", "money")]
    first, second = store(sent, by=SYSTEM, at=MORNING, machine_at=MORNING)
    assert (first.state, second.state) == ("new", "correction")
    second.refresh_from_db()
    assert second.corrects == first
    [third] = store(
        [make_submission(incident.pk, form_key=key, needs=["housing"])],
        by=SYSTEM,
        at=MORNING,
        machine_at=MORNING,
    )
    assert third.corrects == first


def test_registrars_get_access_once_and_an_ended_access_stays_ended():
    incident = make_incident()
    make_registration(incident)
    AccessGrant.objects.update(ends_at=MORNING + timedelta(hours=1))
    make_registration(incident)
    assert AccessGrant.objects.count() == 2, "registrars, and who leads them"
    assert not AccessGrant.objects.filter(ends_at=None).exists()


def test_the_moment_of_receipt_follows_the_database_clock_by_the_age_of_the_submission():
    incident = make_incident()
    wrong_clock = MORNING - timedelta(days=400)
    submission = make_submission(incident.pk, sent_at=wrong_clock - timedelta(minutes=3))
    [row] = store([submission], by=SYSTEM, at=MORNING, machine_at=wrong_clock)
    assert row.received_at == MORNING - timedelta(minutes=3)


def test_an_envelope_that_cannot_be_opened_is_set_aside_and_stops_nobody(writer):
    incident = make_incident()
    writer.append(b"not an envelope at all")
    writer.append(close(b'{"format": 1}'))
    _send(writer, make_submission(incident.pk))
    assert drain.drain_all(spool.folder()) == 1
    assert segments.set_aside_count(spool.folder()) == 2
    assert drain.drain_all(spool.folder()) == 0


def test_a_record_that_the_database_refuses_is_set_aside_and_its_neighbours_are_written(writer):
    incident = make_incident()
    bad = Submission(uuid4(), incident.pk, "nl", "1", MORNING, make_answers(needs=["a\x00b"]))
    _send(writer, make_submission(incident.pk), bad, make_submission(incident.pk))
    assert drain.drain_all(spool.folder()) == 2
    assert segments.set_aside_count(spool.folder()) == 1
    assert Registration.objects.count() == 2


def test_damage_is_set_aside_and_a_torn_tail_is_not(writer):
    _send(writer, make_submission(make_incident().pk), make_submission(uuid4()))
    writer.close()
    [path] = segments.segments(spool.folder())
    data = bytearray(path.read_bytes())
    data[40] ^= 255
    path.write_bytes(bytes(data) + b"NBJ1torn")
    assert drain.drain_all(spool.folder()) == 1
    assert segments.set_aside_count(spool.folder()) == 1


def test_a_segment_is_cleared_away_only_when_read_to_its_end_closed_and_older(writer):
    folder = spool.folder()
    _send(writer, make_submission(make_incident().pk))
    _age(folder)
    drain.drain_all(folder)
    assert len(segments.segments(folder)) == 1  # its writer lives
    writer.close()
    os.utime(segments.segments(folder)[0])
    drain.drain_all(folder)
    assert len(segments.segments(folder)) == 1  # it is young
    _age(folder)
    drain.drain_all(folder)
    assert segments.segments(folder) == []
    assert SpoolPosition.objects.count() == 1
    turns = iter([True, False])
    drain.run(folder, lambda: next(turns))
    assert SpoolPosition.objects.count() == 0


def test_with_the_database_away_the_drain_waits_and_goes_on(writer, monkeypatch):
    _send(writer, make_submission(make_incident().pk))
    turns, real = iter([True, True, True, False]), drain.drain_all
    outcomes = iter([OperationalError("away"), PermissionError("folder away"), None])

    def sometimes(folder):
        outcome = next(outcomes)
        if outcome is not None:
            raise outcome
        return real(folder)

    monkeypatch.setattr(drain, "drain_all", sometimes)
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction must stay
    drain.run(spool.folder(), lambda: next(turns))
    assert Registration.objects.count() == 1


def test_the_command_refuses_to_run_without_the_key(web):
    with pytest.raises(CommandError, match="NABIJ_SPOOL_PRIVATE_KEY"):
        call_command("drain_spool", "--once")


def test_the_command_drains_once(writer, capsys):
    _send(writer, make_submission(make_incident().pk))
    call_command("drain_spool", "--once")
    assert "1 nieuw" in capsys.readouterr().out


def test_what_is_no_submission_is_refused():
    for data in (b"[]", b"{}", b'"text"', b"\xff", b'{"form_key": 1}'):
        with pytest.raises(ValueError, match="."):
            from_bytes(data)


def test_the_same_bytes_come_out_as_went_in():
    submission = make_submission(UUID(int=5), name="مريم 🧡")
    assert from_bytes(submission.as_bytes()) == submission


def test_a_stored_null_character_is_what_the_database_refuses():
    with pytest.raises((DataError, ValueError)):
        make_registration(needs=["a\x00b"])


def test_a_receipt_without_its_row_gets_one_before_its_segment_goes_and_is_counted(writer, client):
    kept, lost = make_submission(make_incident().pk), make_submission(make_incident().pk)
    _send(writer, kept, lost)
    drain.drain_all(spool.folder())
    Registration.objects.get(form_key=lost.form_key).delete()
    writer.close()
    _age(spool.folder())
    assert drain.drain_all(spool.folder()) == 1
    assert Registration.objects.filter(form_key=lost.form_key).exists()
    assert not segments.segments(spool.folder())
    assert tally_since(clock.now() - timedelta(days=1)) == {"receipts": 2, "missed": 1}
    client.force_login(make_membership(Role.IAC_REGISTRAR).user)
    assert "2 ontvangstbewijzen" in client.get(reverse("people:held")).content.decode()


@pytest.mark.parametrize("is_suspect", [False, True])
def test_a_corrected_form_that_was_held_or_set_apart_counts_once_too(is_suspect):
    """However it comes to its incident, or to be believed: one form is one person."""
    incident = make_incident()
    key, asked_for = uuid4(), incident.pk if is_suspect else uuid4()
    sent = [
        make_submission(asked_for, form_key=key, name=name, is_suspect=is_suspect) for name in ("Bo", "Bo V.")
    ]
    rows = [store([each], by=SYSTEM, at=MORNING, machine_at=MORNING)[0] for each in sent]
    if is_suspect:
        for row in rows:
            believe(row, by=make_actor(Role.IAC_REGISTRAR), at=MORNING)
    else:
        Registration.objects.update(asked_for=incident.pk)
        assert place_held(by=SYSTEM, at=MORNING) == 2
    assert [each.state for each in Registration.objects.order_by("corrects")] == ["correction", "new"]
    assert registration_counts(incident.pk).total == 1
