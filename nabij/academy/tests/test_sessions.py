"""Sessions: planned, filled, and ending in certificates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.academy import actions
from nabij.academy.catalogue import modules
from nabij.academy.factories import (
    make_certificate,
    make_enrolment,
    make_session,
    make_trainer,
)
from nabij.academy.models import Attendance, Certificate, Enrolment, Result
from nabij.academy.policies import can_assess, can_enrol, can_lead_session, can_plan_session
from nabij.academy.queries import coming_sessions_for, learning_of, led_sessions_for, own_enrolments
from nabij.accounts.factories import make_actor, make_membership
from nabij.accounts.queries import actor_for
from nabij.accounts.roles import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, 9, tzinfo=UTC)
TODAY = date(2027, 1, 5)
LATER, EARLIER = NOW + timedelta(days=7), NOW - timedelta(hours=8)
PASSED = {"attendance": Attendance.PRESENT, "result": Result.PASSED}


def plan(by, module="BASIS", at=NOW):
    return actions.plan_session(
        modules()[module], starts_at=LATER, ends_at=LATER + timedelta(hours=6), place="Zwolle", seats=2,
        is_drill=False, by=by, at=at,
    )  # fmt: skip


def test_a_trainer_plans_what_he_may_teach():
    trainer = actor_for(make_trainer("BASIS", on=TODAY))
    session = plan(trainer)
    assert led_sessions_for(trainer, NOW).get() == session
    assert led_sessions_for(make_actor(Role.ON_CALL_WORKER), NOW).count() == 0


def test_a_trainer_does_not_teach_without_the_course_or_with_an_expired_trainers_certificate():
    trainer = make_trainer(on=TODAY)
    with pytest.raises(ValidationError, match="certificaat als trainer"):
        plan(actor_for(trainer))
    make_certificate(trainer.user, "BASIS", issued_on=TODAY)
    Certificate.objects.filter(user=trainer.user, module="TRAIN").update(last_valid_on=LATER.date())
    plan(actor_for(trainer))
    Certificate.objects.filter(user=trainer.user, module="TRAIN").update(last_valid_on=TODAY)
    with pytest.raises(ValidationError):
        plan(actor_for(trainer))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TRAINER])
def test_nobody_else_plans_a_day(role):
    actor = make_actor(role)
    assert not can_plan_session(actor, NOW)
    with pytest.raises(PermissionDenied):
        plan(actor)


def test_a_colleague_takes_a_seat_once_and_gives_it_back():
    session = make_session(make_trainer(on=TODAY), starts_at=LATER)
    imke = make_actor(Role.ON_CALL_WORKER)
    first = actions.enrol(session, by=imke, at=NOW)
    assert actions.enrol(session, by=imke, at=NOW) == first
    assert own_enrolments(imke, NOW).get() == first
    [line] = coming_sessions_for(imke, NOW)
    assert (line.is_enrolled, line.taken, line.is_full, line.is_own) == (True, 1, False, False)
    actions.leave_session(session, by=imke, at=NOW)
    actions.leave_session(session, by=imke, at=NOW)
    assert not Enrolment.objects.exists()


def test_a_full_day_says_so():
    session = make_session(make_trainer(on=TODAY), starts_at=LATER, seats=1)
    actions.enrol(session, by=make_actor(Role.ON_CALL_WORKER), at=NOW)
    with pytest.raises(ValidationError, match="vol"):
        actions.enrol(session, by=make_actor(Role.ON_CALL_WORKER), at=NOW)


def test_what_must_come_first_is_asked_for_by_name():
    session = make_session(make_trainer(on=TODAY), "PIKET", starts_at=LATER)
    imke = make_membership(Role.ON_CALL_WORKER)
    make_certificate(imke.user, "BASIS", issued_on=TODAY)
    with pytest.raises(ValidationError, match="eerst nodig: Veilig werken en op huisbezoek"):
        actions.enrol(session, by=actor_for(imke), at=NOW)
    make_certificate(imke.user, "VEILIG", issued_on=TODAY)
    assert actions.enrol(session, by=actor_for(imke), at=NOW).session == session


@pytest.mark.parametrize(
    ("role", "starts_at", "cancelled", "may"),
    [
        (Role.ON_CALL_WORKER, LATER, False, True),
        (Role.VOLUNTEER, LATER, False, True),
        (Role.DUTY_OFFICER, LATER, False, False),
        (Role.ON_CALL_WORKER, EARLIER, False, False),
        (Role.ON_CALL_WORKER, LATER, True, False),
    ],
)
def test_who_can_take_a_seat(role, starts_at, cancelled, may):
    trainer = make_trainer(on=TODAY)
    session = make_session(trainer, starts_at=starts_at)
    if cancelled:
        session = actions.cancel_session(session, by=actor_for(trainer), at=NOW)
    actor = make_actor(role)
    assert can_enrol(actor, session, NOW) is may
    assert can_enrol(actor_for(trainer), session, NOW) is False
    if not may:
        with pytest.raises(PermissionDenied):
            actions.enrol(session, by=actor, at=NOW)
        with pytest.raises(PermissionDenied):
            actions.leave_session(session, by=actor, at=NOW)


def test_only_the_trainer_of_the_day_cancels_it():
    trainer = make_trainer(on=TODAY)
    session = make_session(trainer, starts_at=LATER)
    other = actor_for(make_trainer(on=TODAY))
    assert not can_lead_session(other, session, NOW)
    with pytest.raises(PermissionDenied):
        actions.cancel_session(session, by=other, at=NOW)
    once = actions.cancel_session(session, by=actor_for(trainer), at=NOW)
    assert actions.cancel_session(once, by=actor_for(trainer), at=LATER).cancelled_at == NOW
    assert coming_sessions_for(other, NOW) == []


def test_who_passes_has_the_certificate_of_that_day_and_the_hours():
    trainer = make_trainer(on=TODAY)
    session = make_session(trainer, starts_at=EARLIER)
    imke = make_membership(Role.ON_CALL_WORKER)
    enrolment = make_enrolment(session, imke.user)
    certificate = actions.assess(enrolment, **PASSED, by=actor_for(trainer), at=NOW)
    assert (certificate.issued_on, certificate.last_valid_on) == (TODAY, date(2030, 1, 4))
    assert certificate.issued_by == trainer.user
    assert actions.assess(enrolment, **PASSED, by=actor_for(trainer), at=NOW) == certificate
    assert learning_of(imke.user, NOW).hours == modules()["BASIS"].hours
    with pytest.raises(ValidationError, match="al gegeven"):
        actions.assess(
            enrolment, attendance=Attendance.PRESENT, result=Result.FAILED, by=actor_for(trainer), at=NOW
        )


def test_a_trainer_cannot_certify_himself_whatever_way_is_tried():
    trainer = make_trainer(on=TODAY)
    enrolment = make_enrolment(make_session(trainer, starts_at=EARLIER), trainer.user)
    assert not can_assess(actor_for(trainer), enrolment, NOW)
    with pytest.raises(PermissionDenied):
        actions.assess(enrolment, **PASSED, by=actor_for(trainer), at=NOW)
    with pytest.raises(IntegrityError, match="nobody_certifies_himself"), transaction.atomic():
        Certificate.objects.create(
            user=trainer.user, module="COORD", issued_on=TODAY, last_valid_on=TODAY, issued_by=trainer.user
        )


def test_a_day_to_come_and_somebody_who_was_not_there_are_not_assessed():
    trainer = make_trainer(on=TODAY)
    imke = make_membership(Role.ON_CALL_WORKER)
    coming = make_enrolment(make_session(trainer, starts_at=LATER), imke.user)
    with pytest.raises(ValidationError, match="moet nog komen"):
        actions.assess(coming, **PASSED, by=actor_for(trainer), at=NOW)
    past = make_enrolment(make_session(trainer, starts_at=EARLIER), imke.user)
    with pytest.raises(ValidationError, match="Alleen wie er was"):
        actions.assess(
            past, attendance=Attendance.ABSENT, result=Result.PASSED, by=actor_for(trainer), at=NOW
        )
    absent = {"attendance": Attendance.ABSENT, "result": Result.NONE}
    assert actions.assess(past, **absent, by=actor_for(trainer), at=NOW) is None
    unknown = {"attendance": Attendance.UNKNOWN, "result": Result.NONE}
    assert actions.assess(past, **unknown, by=actor_for(trainer), at=NOW) is None
    past.refresh_from_db()
    assert past.assessed_at is None


def test_a_renewal_asks_the_exercise_of_the_year():
    trainer, imke = make_trainer(on=TODAY), make_membership(Role.ON_CALL_WORKER)
    make_certificate(imke.user, "PIKET", issued_on=date(2026, 1, 20))
    assert [line.drills_left for line in learning_of(imke.user, NOW).certificates] == [1]
    course = make_enrolment(make_session(trainer, "PIKET", starts_at=EARLIER), imke.user)
    with pytest.raises(ValidationError, match="nog oefenen: 1 keer"):
        actions.assess(course, **PASSED, by=actor_for(trainer), at=NOW)
    assert Enrolment.objects.get(pk=course.pk).result == Result.NONE
    drill = make_session(trainer, "PIKET", starts_at=EARLIER - timedelta(days=30), hours=3, is_drill=True)
    assert actions.assess(make_enrolment(drill, imke.user), **PASSED, by=actor_for(trainer), at=NOW) is None
    renewed = actions.assess(course, **PASSED, by=actor_for(trainer), at=NOW)
    assert renewed.last_valid_on == date(2028, 1, 4)
    assert learning_of(imke.user, NOW).hours == modules()["PIKET"].hours, "the exercise was last year"
