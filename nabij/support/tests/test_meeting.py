"""Before a visit the police are asked; interpreters are booked and told off; calendars say a time only."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from nabij.agendas.actions import make_feed
from nabij.agendas.queries import calendar_of, feed_of
from nabij.audit.actor import SYSTEM
from nabij.cases.actions.tasks import finish_task
from nabij.cases.factories import give, make_case
from nabij.cases.models import Case, Part, Task, TaskKind
from nabij.kit import clock
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import Way
from nabij.support.actions import (
    Booking,
    Meeting,
    approve_visit,
    book_interpreter,
    cancel_appointment,
    cancel_interpreter,
    plan_appointment,
)
from nabij.support.models import ContactKind, InterpreterBooking, InterpreterWay
from nabij.support.queries import booking_of, calling
from nabij.vulnerability.actions import raise_level
from nabij.vulnerability.models import Level

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2027, 2, 5, 11, 30, tzinfo=UTC)
MONDAY = datetime(2027, 2, 8, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
VISIT, CALL = ContactKind.VISIT, ContactKind.CALL
TOLK = Booking("day", InterpreterWay.PHONE, "T-4471")


@pytest.fixture
def case(noordwest):
    case = make_case(helper=noordwest.member.ayla)
    return give(case, noordwest.member.vera, Part.DEPUTY)


@pytest.fixture
def case_now(noordwest):
    return make_case(helper=noordwest.member.ayla, at=clock.now())


def agree(case, by, kind=CALL, interpreter="", second=None, start=MONDAY):
    return plan_appointment(
        case, Meeting(kind, start, start + HOUR, True, second, interpreter), by=by, at=FRIDAY
    )


def open_tasks(case, kind=TaskKind.INTERPRETER):
    return Task.objects.to_do().filter(case=case, kind=kind)


def test_without_an_assessment_nobody_visits_before_the_police_were_asked(noordwest, case):
    with pytest.raises(ValidationError, match="Bel eerst de politie"):
        agree(case, noordwest.ayla, VISIT)
    agree(case, noordwest.ayla, CALL)
    finish_task(case, open_tasks(case, TaskKind.ASK_POLICE).get().pk, by=noordwest.ayla, at=FRIDAY)
    assert agree(case, noordwest.ayla, VISIT).may_take_place


def test_where_the_police_are_not_asked_a_visit_needs_no_call_first(noordwest):
    flood = make_case(helper=noordwest.member.ayla, topic="EVT-13")
    assert agree(flood, noordwest.ayla, VISIT).may_take_place


def test_an_interpreter_is_a_task_until_one_is_booked(noordwest, case):
    row = agree(case, noordwest.ayla, interpreter="tr")
    assert open_tasks(case).get().due_at <= MONDAY
    booked = book_interpreter(row, TOLK, by=noordwest.vera, at=FRIDAY)
    assert (booking_of(row), open_tasks(case).count()) == (booked, 0)
    again = book_interpreter(
        row, Booking("always", InterpreterWay.PRESENT, "T-9"), by=noordwest.ayla, at=FRIDAY
    )
    assert (InterpreterBooking.objects.count(), again.pk) == (1, booked.pk)
    assert booking_of(row).number == "T-9"


def test_a_cancelled_appointment_asks_to_tell_the_interpreter(noordwest, case):
    row = agree(case, noordwest.ayla, interpreter="tr")
    book_interpreter(row, TOLK, by=noordwest.ayla, at=FRIDAY)
    cancel_appointment(row, by=noordwest.ayla, at=FRIDAY)
    assert open_tasks(case).get().due_at == FRIDAY
    assert cancel_interpreter(row, by=noordwest.ayla, at=FRIDAY)
    assert not cancel_interpreter(row, by=noordwest.ayla, at=FRIDAY)
    assert (booking_of(row), open_tasks(case).count()) == (None, 0)
    with pytest.raises(ValidationError, match="geen tolk"):
        book_interpreter(row, TOLK, by=noordwest.ayla, at=FRIDAY)


def test_a_cancelled_appointment_without_a_booking_asks_nothing(noordwest, case):
    row = agree(case, noordwest.ayla, interpreter="tr")
    cancel_appointment(row, by=noordwest.ayla, at=FRIDAY)
    assert not open_tasks(case).exists()


def test_only_who_helps_books_and_only_where_it_was_asked(noordwest, case):
    plain, row = agree(case, noordwest.ayla), agree(case, noordwest.ayla, interpreter="tr")
    with pytest.raises(ValidationError, match="geen tolk"):
        book_interpreter(plain, TOLK, by=noordwest.ayla, at=FRIDAY)
    for attempt in (
        lambda: book_interpreter(row, TOLK, by=noordwest.daan, at=FRIDAY),
        lambda: cancel_interpreter(row, by=noordwest.daan, at=FRIDAY),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    with pytest.raises(IntegrityError, match="a_booking_has_a_number"):
        book_interpreter(row, Booking("day", InterpreterWay.PHONE, ""), by=noordwest.ayla, at=FRIDAY)


def test_the_page_of_the_interpreter(noordwest, client, case_now):
    case = case_now
    now = clock.now()
    start = now + timedelta(days=2)
    told = Meeting(CALL, start, start + HOUR, True, None, "tr")
    row = plan_appointment(case, told, by=noordwest.ayla, at=now)
    address = f"/werk/dossiers/afspraak/{row.pk}/tolk/"
    client.force_login(noordwest.member.ayla.user)
    assert "tolk nog niet geregeld" in client.get(f"/werk/dossiers/{case.pk}/").content.decode()
    assert "Turks" in client.get(address).content.decode()
    wrong = client.post(address, {"agency": "day", "way": "phone", "number": ""})
    assert wrong.status_code == 422
    client.post(address, {"agency": "day", "way": "phone", "number": "T-4471"})
    page = client.get(f"/werk/dossiers/{case.pk}/").content.decode()
    assert "tolk geregeld" in page
    assert "T-4471" in client.get(address).content.decode()
    client.post(f"/werk/dossiers/afspraak/{row.pk}/", {"af": "1"})
    assert "Zeg de tolk af" in client.get(address).content.decode()
    late = client.post(address, {"agency": "day", "way": "phone", "number": "T-4471"})
    assert "geen tolk nodig" in late.content.decode()
    client.post(address, {"afgezegd": "1"})
    assert not open_tasks(case).exists()
    client.force_login(noordwest.member.olaf.user)
    assert client.get(address).status_code == 200
    client.force_login(noordwest.member.daan.user)
    assert client.get(address).status_code == 404


def test_a_closed_case_books_no_interpreter(noordwest, client, case_now):
    case, now = case_now, clock.now()
    told = Meeting(CALL, now + HOUR, now + 2 * HOUR, True, None, "tr")
    row = plan_appointment(case, told, by=noordwest.ayla, at=now)
    Case.objects.filter(pk=case.pk).update(state="closed")
    client.force_login(noordwest.member.ayla.user)
    assert client.get(f"/werk/dossiers/afspraak/{row.pk}/tolk/").status_code == 403


def test_a_helper_has_appointments_in_the_calendar_and_nothing_about_anybody(noordwest, case):
    agree(case, noordwest.ayla, interpreter="tr")
    raise_level(case.person, Level.RAISED, "Bedreigd", by=noordwest.ayla, at=FRIDAY)
    finish_task(case, open_tasks(case, TaskKind.ASK_POLICE).get().pk, by=noordwest.ayla, at=FRIDAY)
    second = noordwest.member.vera
    risky = agree(case, noordwest.ayla, VISIT, second=second, start=MONDAY + timedelta(hours=3))
    for who in (noordwest.ayla, noordwest.vera):
        secret = make_feed(for_team=False, by=who, at=FRIDAY)
        text = calendar_of(feed_of(secret, FRIDAY), FRIDAY).decode()
        assert text.count("BEGIN:VEVENT") == (1 if who == noordwest.ayla else 0)
        for word in ("Elske", case.reference, "bezoek", "tolk", "LOCATION", "DESCRIPTION"):
            assert word not in text
    approve_visit(risky, by=noordwest.olaf, at=FRIDAY)
    assert calendar_of(feed_of(secret, FRIDAY), FRIDAY).decode().count("SUMMARY:Nabij: afspraak") == 1
    cancel_appointment(risky, by=noordwest.ayla, at=FRIDAY)
    assert "VEVENT" not in calendar_of(feed_of(secret, FRIDAY), FRIDAY).decode()


def test_a_helper_without_duties_has_no_team_feed(noordwest):
    with pytest.raises(PermissionDenied):
        make_feed(for_team=True, by=noordwest.vera, at=FRIDAY)


def test_a_call_is_offered_when_it_was_agreed_and_otherwise_from_when(noordwest, case):
    assert calling(case, FRIDAY).is_agreed
    for agreed, moment in (
        (Agreed((Way.CALL,), (), time(14), time(16)), datetime(2027, 2, 5, 13, 0, tzinfo=UTC)),
        (Agreed((Way.EMAIL,)), None),
    ):
        agree_contact(case.person_id, agreed, by=SYSTEM, at=FRIDAY)
        now = calling(Case.objects.get(pk=case.pk), FRIDAY)
        assert (now.is_agreed, now.from_moment) == (False, moment)


def test_the_page_says_from_when_or_that_nobody_calls(noordwest, client, case_now):
    case = case_now
    client.force_login(noordwest.member.ayla.user)
    address = f"/werk/dossiers/{case.pk}/"
    assert ">Bellen<" in client.get(address).content.decode()
    agree_contact(case.person_id, Agreed((Way.EMAIL,)), by=SYSTEM, at=clock.now())
    page = client.get(address).content.decode()
    assert "Niet bellen" in page
    assert ">Bellen<" not in page
