"""An interpreter for an appointment: booked once, and told when it does not take place."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import finish_tasks
from nabij.cases.models import TaskKind
from nabij.cases.policies import can_help
from nabij.support.models import Appointment, InterpreterBooking, InterpreterWay


@dataclass(frozen=True)
class Booking:
    """At which agency, how, and the number that the agency gave."""

    agency: str
    way: InterpreterWay
    number: str


@transaction.atomic
def book_interpreter(
    appointment: Appointment, booking: Booking, *, by: Actor, at: datetime
) -> InterpreterBooking:
    """Write down that the interpreter is booked; booked again, the new booking stands.

    ValidationError when the appointment was cancelled or needs no interpreter.
    """
    held = _held(appointment, by, at)
    if held.cancelled_at is not None or not held.interpreter:
        raise ValidationError("Voor deze afspraak is geen tolk nodig.")
    row, _ = InterpreterBooking.objects.update_or_create(
        appointment=held,
        defaults={
            "agency": booking.agency, "way": booking.way, "number": booking.number, "booked_at": at,
            "booked_by": by.id, "cancelled_at": None,
        },
    )  # fmt: skip
    finish_tasks(held.case, TaskKind.INTERPRETER, by=by, at=at, about_id=held.pk)
    trail.record("interpreter.booked", by=by, at=at, subject=row, thread_id=held.case.person_id)
    return row


@transaction.atomic
def cancel_interpreter(appointment: Appointment, *, by: Actor, at: datetime) -> bool:
    """The agency knows that the interpreter need not come; False when nothing was booked any more."""
    held = _held(appointment, by, at)
    row = InterpreterBooking.objects.filter(appointment=held, cancelled_at__isnull=True).first()
    if row is None:
        return False
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    finish_tasks(held.case, TaskKind.INTERPRETER, by=by, at=at, about_id=held.pk)
    trail.record("interpreter.cancelled", by=by, at=at, subject=row, thread_id=held.case.person_id)
    return True


def _held(appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """The appointment, locked, for who helps in its case."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("case__team", "case__person")
    held = rows.get(pk=appointment.pk)
    if not can_help(by, held.case, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    return held
