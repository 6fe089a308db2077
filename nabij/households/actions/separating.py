"""Approaching two people apart, until the leader ends it; and whether a guardian is the danger."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import finish_tasks
from nabij.cases.models import Case, TaskKind
from nabij.households import content
from nabij.households.actions.checking import warn_of_shared_helpers
from nabij.households.models import Apart, Assent, GuardianDecision, Tie
from nabij.households.policies import can_assent, can_judge_guardian, can_separate, sides_led
from nabij.households.queries import running_apart, ties_of
from nabij.keys.sealing import seal
from nabij.people.models import Person
from nabij.vulnerability.actions.alerts import open_alert
from nabij.vulnerability.models import Alert

ALERT = "family_conflict"
WHY = {"reason": "Schrijf op waarom."}


@transaction.atomic
def mark_apart(case: Case, tie: Tie, reason: str, *, by: Actor, at: datetime) -> Apart:
    """From now on nobody helps both, and no letter goes to a house they share.

    ValidationError without a reason.
    """
    held = Tie.objects.select_for_update().get(pk=tie.pk)
    if held.ended_at is not None or not can_separate(by, case, held, at):
        raise PermissionDenied("Deze band kunt u niet veranderen.")
    if not reason.strip():
        raise ValidationError(WHY)
    return running_apart(held) or _mark(case, held, reason, by=by, at=at)


def _mark(case: Case, tie: Tie, reason: str, *, by: Actor, at: datetime) -> Apart:
    row = Apart.objects.create(
        tie=tie, person_id=case.person_id, reason_sealed=seal(case.person_id, reason), marked_at=at,
        marked_by=by.id,
    )  # fmt: skip
    for person in Person.objects.filter(pk__in=(tie.first_id, tie.second_id)):
        open_alert(person, ALERT, assessment=None, by=by, at=at)
    warn_of_shared_helpers(tie, at=at)
    trail.record("apart.marked", by=by, at=at, subject=row, thread_id=case.person_id)
    return row


@transaction.atomic
def bring_together(case: Case, tie: Tie, reason: str, *, by: Actor, at: datetime) -> Apart | None:
    """A leader says yes to no longer apart, with a reason; it ends when there is a yes for both people.

    None when it was ended already; while the other leader's yes is missing, the row as it runs on.
    """
    held = Tie.objects.select_for_update().get(pk=tie.pk)
    if not can_assent(by, case, held, at):
        raise PermissionDenied("Alleen de teamleider beëindigt dit.")
    if not reason.strip():
        raise ValidationError(WHY)
    row = running_apart(held)
    if row is None:
        return None
    ends = {held.first_id, held.second_id}
    for person_id in sides_led(by, ends, at):
        said = seal(person_id, reason) if person_id == case.person_id else b""
        Assent.objects.get_or_create(
            apart=row, person_id=person_id, defaults={"reason_sealed": said, "at": at, "by": by.id}
        )
    if ends - set(row.assents.values_list("person_id", flat=True)):
        trail.record("apart.end_asked", by=by, at=at, subject=row, thread_id=case.person_id)
        return row
    row.ended_at, row.ended_by = at, by.id
    row.end_reason_sealed = seal(case.person_id, reason)
    row.save(update_fields=["ended_at", "ended_by", "end_reason_sealed"])
    for person_id in (held.first_id, held.second_id):
        _calm(person_id, by, at)
    for each in Case.objects.filter(person_id__in=(held.first_id, held.second_id)):
        finish_tasks(each, TaskKind.CONFLICT, by=by, at=at, about_id=held.pk)
    trail.record("apart.ended", by=by, at=at, subject=row, thread_id=case.person_id)
    return row


@transaction.atomic
def keep_apart(case: Case, tie: Tie, *, by: Actor, at: datetime) -> None:
    """The other leader says no: it runs on, and whoever wants to end it asks again."""
    held = Tie.objects.select_for_update().get(pk=tie.pk)
    if not can_assent(by, case, held, at):
        raise PermissionDenied("Alleen de teamleider beslist hierover.")
    row = running_apart(held)
    if row is not None and row.assents.all().delete()[0]:
        trail.record("apart.kept", by=by, at=at, subject=row, thread_id=case.person_id)


def _calm(person_id: UUID, by: Actor, at: datetime) -> None:
    """Close the alert of somebody who is not approached apart from anybody any more."""
    of_person = Q(tie__first_id=person_id) | Q(tie__second_id=person_id)
    if Apart.objects.filter(of_person, ended_at__isnull=True).exists():
        return
    for alert in Alert.objects.filter(person_id=person_id, kind=ALERT, closed_by__isnull=True):  # hidden too
        alert.closed_at, alert.closed_by = at, by.id
        alert.save(update_fields=["closed_at", "closed_by"])
        trail.record("alert.closed", by=by, at=at, subject=alert, thread_id=person_id)


@transaction.atomic
def judge_guardian(case: Case, reason: str, *, is_danger: bool, by: Actor, at: datetime) -> GuardianDecision:
    """The leader decides whether the guardian is the danger; then child and guardian are approached apart."""
    held = Case.objects.select_for_update(of=("self",)).select_related("person", "team").get(pk=case.pk)
    if not can_judge_guardian(by, held, at):
        raise PermissionDenied("Hierover besluit de teamleider.")
    if not reason.strip():
        raise ValidationError(WHY)
    row = GuardianDecision.objects.create(
        case=held, is_danger=is_danger, reason_sealed=seal(held.person_id, reason), at=at, by=by.id
    )
    trail.record("guardian.judged", by=by, at=at, subject=row, thread_id=held.person_id)
    if is_danger:
        for tie in ties_of(held.person_id):
            if content.speaks_for_child(tie.kind_seen_by(held.person_id)) and running_apart(tie) is None:
                _mark(held, tie, reason, by=by, at=at)
    return row
