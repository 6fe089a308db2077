"""Help ends when it is done, the person says so, or they died; and begins again with one step."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import add_task, drop_tasks
from nabij.cases.endings import objections
from nabij.cases.models import Case, CaseState, TaskKind
from nabij.cases.policies import can_close, can_reopen
from nabij.contact.working_days import working_days_after
from nabij.notify.actions.agreeing import agree_contact
from nabij.notify.contact_rules import Agreed
from nabij.notify.models import ContactPoint
from nabij.people.models import ContactWish, WishState
from nabij.support import content
from nabij.support.models import (
    Appointment,
    Attempt,
    AttemptOutcome,
    CloseReason,
    Closing,
    PlanItem,
    PlanState,
)
from nabij.vulnerability.actions import show_again


def end_case(
    case: Case,
    reason: CloseReason,
    *,
    by: Actor,
    at: datetime,
    has_felt_heard: bool | None = None,
    is_helped: bool | None = None,
) -> Closing:
    """Close a locked case with its reason; tasks and coming appointments lapse."""
    case.state = CaseState.CLOSED
    case.save(update_fields=["state"])
    drop_tasks(case, at=at)
    Appointment.objects.filter(case=case, starts_at__gt=at, cancelled_at__isnull=True).update(cancelled_at=at)
    ContactWish.objects.filter(Q(pk=case.wish_id)).exclude(state=WishState.CANCELLED).update(
        state=WishState.DONE
    )
    closing = Closing.objects.create(
        case=case, reason=reason, closed_at=at, closed_by=by.id or case.pk, has_felt_heard=has_felt_heard,
        is_helped=is_helped,
    )  # fmt: skip
    trail.record(
        "case.closed", by=by, at=at, subject=case, thread_id=case.person_id, facts={"reason": reason.value}
    )
    return closing


@transaction.atomic
def close_case(
    case: Case,
    reason: CloseReason,
    *,
    has_felt_heard: bool | None = None,
    is_helped: bool | None = None,
    by: Actor,
    at: datetime,
) -> Closing:
    """Close the case; what the person thinks of the help is asked, and may stay open.

    ValidationError while something in the plan is open, and for "not reached" before the letter.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
    if not can_close(by, held, at):
        raise PermissionDenied("Dit dossier kunt u niet afsluiten.")
    if reason == CloseReason.DONE and PlanItem.objects.filter(case=held, state=PlanState.OPEN).exists():
        raise ValidationError(
            "In het plan staat nog iets open. Rond dat eerst af, of zeg dat het niet nodig is."
        )
    if (
        reason == CloseReason.NOT_REACHED
        and not Attempt.objects.filter(case=held, outcome=AttemptOutcome.SENT).exists()
    ):
        raise ValidationError("Er ging nog geen brief uit. Sluit pas af na drie pogingen en een brief.")
    unfinished = objections(held)
    if unfinished and reason != CloseReason.DIED:
        raise ValidationError(unfinished)
    if reason == CloseReason.DIED:
        stop_contact(held, by=by, at=at)
    return end_case(held, reason, by=by, at=at, has_felt_heard=has_felt_heard, is_helped=is_helped)


def stop_contact(case: Case, *, by: Actor, at: datetime) -> None:
    """A death stops all contact at once: no number or address is used any more, on any ground."""
    ContactPoint.objects.filter(subject_id=case.person_id).update(is_active=False)
    ContactWish.objects.filter(person_id=case.person_id).update(state=WishState.CANCELLED)
    agree_contact(case.person_id, Agreed(()), by=by, at=at)


@transaction.atomic
def reopen_case(case: Case, *, by: Actor, at: datetime) -> Case:
    """Go on with a closed case: one step, and a call soon. ValidationError after a death."""
    held = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
    if not can_reopen(by, held, at):
        raise PermissionDenied("Dit dossier kunt u niet heropenen.")
    last = Closing.objects.filter(case=held, reopened_at__isnull=True).first()
    if last is not None and last.reason == CloseReason.DIED:
        raise ValidationError("Deze persoon is overleden. Help de nabestaanden in een eigen dossier.")
    held.state = CaseState.ACTIVE
    held.save(update_fields=["state"])
    Closing.objects.filter(case=held, reopened_at__isnull=True).update(reopened_at=at, reopened_by=by.id)
    show_again(held.person_id, by=by, at=at)
    add_task(held, TaskKind.CALL_BACK, working_days_after(at, 1), at=at)
    trail.record("case.reopened", by=by, at=at, subject=held, thread_id=held.person_id)
    return held


@transaction.atomic
def note_quiet_cases(*, by: Actor, at: datetime) -> int:
    """A quiet alarm in each running case without contact for some weeks; how many were raised."""
    since = at - content.quiet_after()
    silent = Case.objects.filter(state=CaseState.ACTIVE, last_contact_at__lt=since).exclude(
        tasks__kind=TaskKind.QUIET, tasks__done_at__isnull=True, tasks__dropped_at__isnull=True
    )
    found = list(silent.order_by("last_contact_at")[:200])
    for case in found:
        add_task(case, TaskKind.QUIET, working_days_after(at, 1), at=at)
    return len(found)
