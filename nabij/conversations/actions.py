"""A message is written, kept as a draft, read, settled and taken back; never changed."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, Task, TaskKind
from nabij.contact.danger import tells_of_danger
from nabij.contact.working_days import working_days_after
from nabij.conversations.content import answered_within, longest
from nabij.conversations.models import CaseMessage, Side
from nabij.conversations.policies import can_take_part, can_withdraw, side_of
from nabij.conversations.queries import who_hears_of_danger
from nabij.keys.sealing import seal
from nabij.notify.sending import Rule, send

NOT_YOURS = "In dit dossier kunt u geen berichten schrijven."


@transaction.atomic
def save_draft(case: Case, text: str, key: UUID, *, by: Actor, at: datetime) -> CaseMessage | None:
    """Keep what somebody is writing, one draft per writer; nothing written is no draft.

    A draft that comes in after its message was sent changes nothing.
    """
    held = _held(case, by, at)
    row = _row_of(key, held, by)
    if row is not None and row.sent_at is not None:
        return row
    row = row or CaseMessage.objects.filter(Q(written_by=by.id), case=held, sent_at=None).first()
    if not text.strip():
        if row is not None:
            row.delete()
        return None
    return _write(row, held, text, key, by, at)


@transaction.atomic
def send_message(case: Case, text: str, key: UUID, *, by: Actor, at: datetime) -> CaseMessage:
    """Send what was written; the same key twice is one message. ValidationError without words, or too many.

    The person's message waits for a helper with a term; a helper's message gives the person a neutral notice.
    """
    if not text.strip():
        raise ValidationError({"text": "Schrijf eerst uw bericht."})
    held = _held(case, by, at)
    row = _row_of(key, held, by)
    if row is not None and row.sent_at is not None:
        return row
    waited = CaseMessage.objects.unread().filter(case=held, side=Side.HELPER).exists()
    row = _write(row, held, text, key, by, at)
    row.sent_at = at
    row.save(update_fields=["sent_at"])
    if row.side == Side.PERSON:
        _ask_helper(held, row, text, at)
    else:
        _finish_reading(held, by, at)
        if not waited:
            _tell_person(held, at)
    trail.record(
        "conversation.written", by=by, at=at, subject=row, thread_id=held.person_id,
        facts={"side": row.side},
    )  # fmt: skip
    return row


def _held(case: Case, by: Actor, at: datetime) -> Case:
    """The case, locked, so that two who write at once come one after the other."""
    if by.id is None or not can_take_part(by, case, at):
        raise PermissionDenied(NOT_YOURS)
    rows = Case.objects.select_for_update(of=("self",)).select_related("person", "incident", "team")
    held = rows.get(pk=case.pk)
    if not held.is_open:
        raise ValidationError({"text": "Dit dossier is gesloten. Schrijven kan hier niet meer."})
    return held


def _row_of(key: UUID, case: Case, by: Actor) -> CaseMessage | None:
    row = CaseMessage.objects.filter(pk=key).first()
    if row is not None and (row.case_id, row.written_by) != (case.pk, by.id):
        raise PermissionDenied(NOT_YOURS)
    return row


def _write(row: CaseMessage | None, case: Case, text: str, key: UUID, by: Actor, at: datetime) -> CaseMessage:
    if len(text) > longest():
        raise ValidationError({"text": f"Dit bericht is te lang. Er passen {longest()} tekens in."})
    is_new = row is None
    if row is None:
        row = CaseMessage(id=key, case=case, side=side_of(by), written_by=by.id or key)
    row.text_sealed, row.saved_at = seal(case.person_id, text), at
    row.save(force_insert=is_new)
    return row


def _ask_helper(case: Case, message: CaseMessage, text: str, at: datetime) -> None:
    """A term for an answer; where the words tell of danger it is due now, and who helps is told at once."""
    if not tells_of_danger(text):
        add_task(case, TaskKind.READ_MESSAGE, working_days_after(at, answered_within()), at=at)
        return
    urgent = Task.objects.to_do().filter(case=case, kind=TaskKind.READ_MESSAGE, about_id__isnull=False)
    is_told = urgent.exists()
    add_task(case, TaskKind.READ_MESSAGE, at, at=at, about_id=message.pk)
    if is_told:
        return
    for membership_id in who_hears_of_danger(case, at):
        send(
            "conversation_urgent", to=membership_id, rule=Rule.STAFF_DUTY, exercise=_is_exercise(case), at=at,
            values={},
        )  # fmt: skip


def _tell_person(case: Case, at: datetime) -> None:
    send(
        "conversation_waiting", to=case.person_id, rule=Rule.SAFE_CONTACT, exercise=_is_exercise(case),
        at=at, language=case.person.language, values={},
    )  # fmt: skip


def _is_exercise(case: Case) -> bool:
    return bool(case.incident and case.incident.is_exercise)


def _finish_reading(case: Case, by: Actor, at: datetime) -> bool:
    """The task ends when everything was read: what came in meanwhile still waits."""
    if CaseMessage.objects.unread().filter(case=case, side=Side.PERSON).exists():
        return False
    finish_tasks(case, TaskKind.READ_MESSAGE, by=by, at=at)
    return True


@transaction.atomic
def mark_read(case: Case, *, by: Actor, at: datetime) -> int:
    """The other side's messages were seen now; who only may look, or acts for the person, leaves no mark."""
    if by.id is None or by.kind == ActorKind.ACTING or not can_take_part(by, case, at):
        return 0
    rows = CaseMessage.objects.unread().filter(~Q(side=side_of(by)), case=case)
    return rows.update(read_at=at, read_by=by.id)


@transaction.atomic
def settle_messages(case: Case, *, by: Actor, at: datetime) -> bool:
    """No answer is needed; False when something came in that was not read yet."""
    if side_of(by) != Side.HELPER:
        raise PermissionDenied(NOT_YOURS)
    held = _held(case, by, at)
    if not _finish_reading(held, by, at):
        return False
    trail.record("conversation.settled", by=by, at=at, subject=held, thread_id=held.person_id)
    return True


@transaction.atomic
def withdraw_message(message: CaseMessage, *, by: Actor, at: datetime) -> CaseMessage:
    """Its writer takes it back: the words are destroyed; what had to be done about it stays to be done."""
    rows = CaseMessage.objects.select_for_update(of=("self",)).select_related("case__team")
    held = rows.get(pk=message.pk)
    if held.withdrawn_at is not None and held.written_by == by.id:
        return held
    if not can_withdraw(by, held, at):
        raise PermissionDenied("Dit bericht kunt u niet intrekken.")
    held.text_sealed, held.withdrawn_at = b"", at
    held.save(update_fields=["text_sealed", "withdrawn_at"])
    trail.record("conversation.withdrawn", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held
