"""A complaint is made, withdrawn or answered; it changes nothing about the help."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, TaskKind
from nabij.complaints.content import answered_within
from nabij.complaints.models import Complaint, Finding
from nabij.complaints.policies import can_answer, can_complain, can_withdraw, can_write_down
from nabij.keys.sealing import seal
from nabij.privacy.queries import hold_placing


@transaction.atomic
def complain(case: Case, text: str, *, is_about_leader: bool, by: Actor, at: datetime) -> Complaint:
    """Write down that somebody is not content: the person, or who helps and heard it.

    As long as it is open, nothing of this person is removed. ValidationError without words, while an earlier
    complaint is still open, and when the file was removed at this very moment.
    """
    if not can_complain(by, case) and not can_write_down(by, case, at):
        raise PermissionDenied("In dit dossier kunt u geen klacht opschrijven.")
    if not text.strip():
        raise ValidationError({"text": "Schrijf op waarover de klacht gaat."})
    hold_placing()  # from here on nothing of this person goes; what is going now is waited for
    held = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if held is None:
        raise ValidationError("Deze gegevens zijn zojuist gewist: de bewaartermijn was voorbij.")
    if Complaint.objects.filter(case=held, answered_at__isnull=True, withdrawn_at__isnull=True).exists():
        raise ValidationError({"text": "Er loopt al een klacht. Die beantwoorden we eerst."})
    row = Complaint.objects.create(
        case=held, text_sealed=seal(held.person_id, text), is_about_leader=is_about_leader, made_at=at,
        written_by=None if can_complain(by, case) else by.id, due_at=at + answered_within(),
    )  # fmt: skip
    if not is_about_leader:
        add_task(held, TaskKind.COMPLAINT, row.due_at, at=at, about_id=row.pk)
    trail.record("complaint.made", by=by, at=at, subject=row, thread_id=held.person_id)
    return row


@transaction.atomic
def withdraw_complaint(complaint: Complaint, *, by: Actor, at: datetime) -> Complaint:
    """The person takes it back; withdrawn twice it stays as it was."""
    held = _held(complaint)
    if held.withdrawn_at is not None and can_complain(by, held.case):
        return held
    if not can_withdraw(by, held):
        raise PermissionDenied("Deze klacht kan niet meer worden ingetrokken.")
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    return _ended(held, "complaint.withdrawn", by, at)


@transaction.atomic
def answer_complaint(
    complaint: Complaint, finding: Finding, text: str, *, by: Actor, at: datetime
) -> Complaint:
    """A leader who was not in it answers in words that the person reads; ValidationError without words."""
    held = _held(complaint)
    if not can_answer(by, held, at):
        raise PermissionDenied("Deze klacht beantwoordt een teamleider die niet in het dossier helpt.")
    if not text.strip():
        raise ValidationError({"text": "Schrijf het antwoord op. De persoon leest dit."})
    held.finding, held.answer_sealed = finding, seal(held.case.person_id, text)
    held.answered_at, held.answered_by = at, by.id
    held.save()
    return _ended(held, "complaint.answered", by, at)


def _held(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("case__team", "case__person")
    return rows.get(pk=complaint.pk)


def _ended(complaint: Complaint, verb: str, by: Actor, at: datetime) -> Complaint:
    finish_tasks(complaint.case, TaskKind.COMPLAINT, by=by, at=at, about_id=complaint.pk)
    trail.record(verb, by=by, at=at, subject=complaint, thread_id=complaint.case.person_id)
    return complaint
