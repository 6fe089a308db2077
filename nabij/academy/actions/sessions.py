"""Sessions are planned, filled, and end in certificates."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.academy.catalogue import Module, modules, tasks
from nabij.academy.models import Attendance, Certificate, Enrolment, Result, Session
from nabij.academy.policies import can_assess, can_enrol, can_lead_session, can_plan_session
from nabij.academy.queries.fitness import proofs_of
from nabij.academy.queries.staff import drills_left
from nabij.accounts.models import User
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit.clock import local


@transaction.atomic
def plan_session(
    module: Module,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    seats: int,
    is_drill: bool,
    by: Actor,
    at: datetime,
) -> Session:
    """Plan a day that one leads oneself; ValidationError when one may not teach this course that day."""
    if not can_plan_session(by, at) or by.user_id is None:
        raise PermissionDenied("U kunt geen opleidingsdag plannen.")
    day = local(starts_at).date()
    own = proofs_of([by.user_id])[by.user_id]
    if own.lacking([module.code], day) or not own.fitness(tasks()["teach"], day).is_fit:
        raise ValidationError(
            "Lesgeven kan met een geldig certificaat als trainer en een van de opleiding zelf."
        )
    session = Session.objects.create(
        module=module.code, is_drill=is_drill, starts_at=starts_at, ends_at=ends_at, place=place,
        trainer_id=by.user_id, seats=seats,
    )  # fmt: skip
    trail.record("session.planned", by=by, at=at, subject=session, facts={"module": module.code})
    return session


@transaction.atomic
def cancel_session(session: Session, *, by: Actor, at: datetime) -> Session:
    """The day does not go on; who had a seat sees that on the own page."""
    held = Session.objects.select_for_update().get(pk=session.pk)
    if not can_lead_session(by, held, at):
        raise PermissionDenied("U kunt deze opleidingsdag niet afgelasten.")
    if held.cancelled_at is None:
        held.cancelled_at, held.cancelled_by = at, by.id
        held.save(update_fields=["cancelled_at", "cancelled_by"])
        trail.record("session.cancelled", by=by, at=at, subject=held, facts={"module": held.module})
    return held


@transaction.atomic
def enrol(session: Session, *, by: Actor, at: datetime) -> Enrolment:
    """Take a seat; ValidationError when it is full, or when an earlier course is still lacking that day."""
    held = Session.objects.select_for_update().get(pk=session.pk)
    if not can_enrol(by, held, at) or by.user_id is None:
        raise PermissionDenied("U kunt zich hier niet inschrijven.")
    known = held.enrolments.filter(user_id=by.user_id).first()
    if known is not None:
        return known
    if held.enrolments.count() >= held.seats:
        raise ValidationError("Deze opleidingsdag is vol. Kies een andere dag.")
    lacking = _lacking(held, by.user_id)
    if lacking:
        raise ValidationError(f"Hiervoor is eerst nodig: {', '.join(lacking)}.")
    enrolment = Enrolment.objects.create(session=held, user_id=by.user_id, enrolled_at=at)
    trail.record("session.enrolled", by=by, at=at, subject=held, facts={"module": held.module})
    return enrolment


def _lacking(session: Session, user_id: UUID) -> list[str]:
    """The courses that must come first and that are not held on the day of the session."""
    day = local(session.starts_at).date()
    lacking = proofs_of([user_id])[user_id].lacking(session.course.prerequisites, day)
    return [modules()[code].name for code in lacking]


@transaction.atomic
def leave_session(session: Session, *, by: Actor, at: datetime) -> None:
    """Give the seat back, as long as the day has not begun."""
    if not can_enrol(by, session, at):
        raise PermissionDenied("U kunt zich hier niet meer uitschrijven.")
    gone, _ = session.enrolments.filter(Q(user_id=by.user_id)).delete()
    if gone:
        trail.record("session.left", by=by, at=at, subject=session, facts={"module": session.module})


@transaction.atomic
def assess(
    enrolment: Enrolment, *, attendance: Attendance, result: Result, by: Actor, at: datetime
) -> Certificate | None:
    """Fill in who came and who passed; passing a course gives the certificate, an exercise gives none.

    ValidationError for a day still to come, for who passed without coming, for a result that is taken back
    after the certificate was given, and for a renewal that still asks an exercise.
    """
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("session").get(pk=enrolment.pk)
    if not can_assess(by, held, at):
        raise PermissionDenied("U kunt dit niet invullen.")
    _check(held, attendance, result, at)
    held.attendance, held.result = attendance, result
    seen = attendance != Attendance.UNKNOWN
    held.assessed_at, held.assessed_by = (at, by.id) if seen else (None, None)
    held.save(update_fields=["attendance", "result", "assessed_at", "assessed_by"])
    facts: dict[str, trail.Fact] = {"attendance": attendance.value, "result": result.value}
    trail.record("session.assessed", by=by, at=at, subject=held, facts=facts)
    if result == Result.PASSED and not held.session.is_drill:
        return _certify(held, by=by, at=at)
    return None


def _check(enrolment: Enrolment, attendance: Attendance, result: Result, at: datetime) -> None:
    if enrolment.session.starts_at > at:
        raise ValidationError("Deze opleidingsdag moet nog komen.")
    if result != Result.NONE and attendance != Attendance.PRESENT:
        raise ValidationError("Alleen wie er was, kan worden beoordeeld.")
    if enrolment.result == Result.PASSED and result != Result.PASSED and not enrolment.session.is_drill:
        raise ValidationError("Het certificaat is al gegeven. Trek eerst het certificaat in.")


def _certify(enrolment: Enrolment, *, by: Actor, at: datetime) -> Certificate:
    session, day = enrolment.session, local(enrolment.session.ends_at).date()
    known = Certificate.objects.filter(
        user_id=enrolment.user_id, module=session.module, issued_on=day
    ).first()
    if known is not None:
        return known
    _check_drills(enrolment.user, session)
    certificate = Certificate.objects.create(
        user_id=enrolment.user_id,
        module=session.module,
        issued_on=day,
        last_valid_on=session.course.last_valid_day(day),
        issued_by_id=by.user_id,
    )
    trail.record("certificate.given", by=by, at=at, subject=certificate, facts={"module": session.module})
    return certificate


def _check_drills(user: User, session: Session) -> None:
    """A renewal asks the exercises of the time that the former certificate ran."""
    former = (
        Certificate.objects.standing()
        .filter(user=user, module=session.module)
        .order_by("-last_valid_on")
        .first()
    )
    came = Enrolment.objects.filter(user=user, attendance=Attendance.PRESENT).select_related("session")
    left = drills_left(former, list(came)) if former else 0
    if left:
        raise ValidationError(f"Voor een nieuw certificaat moet deze collega nog oefenen: {left} keer.")
