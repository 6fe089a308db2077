"""Appointments: a visit only with a recorded yes, and at a risk only when the leader agrees."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, Task, TaskKind
from nabij.cases.policies import can_help, is_helper
from nabij.contact.working_days import working_days_after
from nabij.notify.contact_rules import NotAgreed, check, rule_of
from nabij.notify.models import Way
from nabij.support.models import Appointment, ContactKind, InterpreterBooking
from nabij.support.policies import can_approve_visit
from nabij.vulnerability.models import Level
from nabij.vulnerability.queries import is_warned_of, levels_of

FIRST_ASK_POLICE = (
    "De politie heeft nog niets laten weten over de veiligheid. Bel eerst de politie en zet die taak op "
    "gedaan. Daarna kunt u een bezoek afspreken."
)
RISKY = ("risk", "violence", "same_house")


@dataclass(frozen=True)
class Meeting:
    """What was agreed: how, when, with whom, and that the person said yes."""

    kind: ContactKind
    starts_at: datetime
    ends_at: datetime
    has_agreed: bool
    second: Membership | None = None
    interpreter: str = ""


@transaction.atomic
def plan_appointment(case: Case, meeting: Meeting, *, by: Actor, at: datetime) -> Appointment:
    """Write down an agreed moment; a risky visit waits for the leader, and is never made alone.

    ValidationError without a yes, outside the agreed hours, in the past, alone where two must go, or a
    visit before the police were asked for their assessment (handbook, vulnerability §3: level X).
    """
    if by.id is None or not is_helper(by, case, at) or not can_help(by, case, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    if not meeting.has_agreed:
        raise ValidationError({"has_agreed": "Zonder ja van deze persoon maken we geen afspraak."})
    if meeting.starts_at <= at or meeting.ends_at <= meeting.starts_at:
        raise ValidationError({"starts_at": "Kies een moment dat nog komt, met het einde na het begin."})
    is_risky = meeting.kind == ContactKind.VISIT and visit_is_risky(case)
    if is_risky and (meeting.second is None or meeting.second.pk == by.id):
        raise ValidationError({"second": "Hier gaat u niet alleen heen. Kies met wie u gaat."})
    if meeting.kind == ContactKind.VISIT and waits_for_police(case):
        raise ValidationError({"kind": FIRST_ASK_POLICE})
    _check_rule(case, meeting)
    row = Appointment.objects.create(
        case=case, kind=meeting.kind, membership_id=by.id, second=meeting.second if is_risky else None,
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, agreed_at=at, agreed_by=by.id,
        is_approval_needed=is_risky, interpreter=meeting.interpreter,
    )  # fmt: skip
    if is_risky:
        due = min(working_days_after(at, 1), meeting.starts_at)
        add_task(case, TaskKind.APPROVE_VISIT, due, at=at, about_id=row.pk)
    if row.interpreter:
        due = min(working_days_after(at, 1), meeting.starts_at)
        add_task(case, TaskKind.INTERPRETER, due, at=at, about_id=row.pk)
    trail.record("appointment.made", by=by, at=at, subject=row, thread_id=case.person_id)
    return row


def waits_for_police(case: Case) -> bool:
    """Whether there is no assessment, and nobody asked the police for it yet."""
    return Task.objects.to_do().filter(case=case, kind=TaskKind.ASK_POLICE).exists()


def visit_is_risky(case: Case) -> bool:
    """Whether a visit needs two people and the leader's yes: from level 2, or at a warning."""
    level = levels_of([case.person_id]).get(case.person_id)
    return (level is not None and level >= Level.RAISED) or is_warned_of(case.person_id, RISKY)


def _check_rule(case: Case, meeting: Meeting) -> None:
    way = {ContactKind.VISIT: Way.VISIT, ContactKind.CALL: Way.CALL, ContactKind.CHAT: Way.APP}.get(
        meeting.kind
    )
    try:
        check(rule_of(case.person_id), way or Way.EMAIL, meeting.starts_at)
    except NotAgreed as error:
        raise ValidationError({"starts_at": str(error)}) from error


@transaction.atomic
def approve_visit(appointment: Appointment, *, by: Actor, at: datetime) -> Appointment:
    """The leader agrees that this visit takes place, with two people."""
    held = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("case__team")
        .get(pk=appointment.pk)
    )
    if not can_approve_visit(by, held, at):
        raise PermissionDenied("Alleen de teamleider keurt dit bezoek goed, en nooit het eigen bezoek.")
    if held.approved_at is None and held.cancelled_at is None:
        held.approved_at, held.approved_by = at, by.id
        held.save(update_fields=["approved_at", "approved_by"])
        finish_tasks(held.case, TaskKind.APPROVE_VISIT, by=by, at=at, about_id=held.pk)
        trail.record("appointment.approved", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, by: Actor, at: datetime) -> Appointment:
    """It does not take place; cancelled twice it stays as it was."""
    held = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("case__team")
        .get(pk=appointment.pk)
    )
    if not can_help(by, held.case, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    if held.cancelled_at is None:
        held.cancelled_at = at
        held.save(update_fields=["cancelled_at"])
        kinds = TaskKind.APPROVE_VISIT, TaskKind.INTERPRETER
        finish_tasks(held.case, *kinds, by=by, at=at, about_id=held.pk)
        if InterpreterBooking.objects.filter(appointment=held, cancelled_at__isnull=True).exists():
            add_task(held.case, TaskKind.INTERPRETER, at, at=at, about_id=held.pk)
        trail.record("appointment.cancelled", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held
