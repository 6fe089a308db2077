"""A message to or from the desk is written, kept as a draft, read, settled and taken back; never changed."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.closed_part.actions.verifying import held_for, tell_person
from nabij.closed_part.models import Verification
from nabij.closed_part.telling import tell_leaders
from nabij.closed_rooms.content import limit
from nabij.closed_rooms.models import DeskMessage, Side
from nabij.closed_rooms.policies import can_send, can_take_back, can_write, side_of
from nabij.contact.danger import tells_of_danger
from nabij.contact.working_days import working_days_after
from nabij.keys.sealing import seal

NOT_YOURS = "Hier kunt u geen berichten schrijven."


@transaction.atomic
def save_draft(
    verification: Verification, text: str, key: UUID, *, by: Actor, at: datetime
) -> DeskMessage | None:
    """Keep what somebody is writing, one draft per writer; nothing written is no draft.

    A draft that comes in after its message was sent changes nothing.
    """
    held = _held(verification, by, at)
    row = _row_of(key, held, by)
    if row is not None and row.sent_at is not None:
        return row
    row = row or DeskMessage.objects.filter(Q(written_by=by.id), verification=held, sent_at=None).first()
    if not text.strip():
        if row is not None:
            row.delete()
        return None
    return _write(row, held, text, key, by, at)


@transaction.atomic
def send_letter(verification: Verification, text: str, key: UUID, *, by: Actor, at: datetime) -> DeskMessage:
    """Send what was written; the same key twice is one message. ValidationError without words, or too many.

    The person's message waits for the desk with a term; an answer of the desk ends the wait, and gives the
    person a neutral notice as they are safely reached.
    """
    if not text.strip():
        raise ValidationError({"text": _("Schrijf eerst uw bericht.")})
    held = _held(verification, by, at)
    row = _row_of(key, held, by)
    if row is not None and row.sent_at is not None:
        return row
    was_told = DeskMessage.objects.unread().filter(verification=held, side=Side.DESK).exists()
    row = _write(row, held, text, key, by, at)
    row.sent_at = at
    if row.side == Side.PERSON:
        is_urgent = tells_of_danger(text)
        row.due_at = at if is_urgent else working_days_after(at, limit("answer_working_days"))
        row.save(update_fields=["sent_at", "due_at"])
        if is_urgent:
            tell_leaders(held, "closed_rooms_urgent", at)
    else:
        row.save(update_fields=["sent_at"])
        _settle(held, at)
        if not was_told:
            tell_person(held, at)
    _record("closed_rooms.letter_sent", row, held, by, at)
    return row


def _held(verification: Verification, by: Actor, at: datetime) -> Verification:
    """The conversation, locked, so that two who write at once come one after the other."""
    if by.id is None or not can_send(by, verification, at):
        raise PermissionDenied(NOT_YOURS)
    return held_for(verification.registration)


def _row_of(key: UUID, held: Verification, by: Actor) -> DeskMessage | None:
    row = DeskMessage.objects.filter(pk=key).first()
    if row is not None and (row.verification_id, row.written_by) != (held.pk, by.id):
        raise PermissionDenied(NOT_YOURS)
    return row


def _write(
    row: DeskMessage | None, held: Verification, text: str, key: UUID, by: Actor, at: datetime
) -> DeskMessage:
    most = limit("longest_message")
    if len(text) > most:
        said = _("Dit bericht is te lang. Er passen %(most)s tekens in.")
        raise ValidationError({"text": said % {"most": most}})
    is_new = row is None
    if row is None:
        row = DeskMessage(id=key, verification=held, side=side_of(by), written_by=by.id or key)
    row.text_sealed, row.saved_at = seal(held.registration.person_id, text), at
    row.save(force_insert=is_new)
    return row


def _settle(held: Verification, at: datetime) -> int:
    seen = Q(read_at__isnull=False) | Q(withdrawn_at__isnull=False)
    return DeskMessage.objects.waiting().filter(seen, verification=held).update(settled_at=at)


def _record(verb: str, row: DeskMessage, held: Verification, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"side": row.side}
    trail.record(verb, by=by, at=at, subject=row, thread_id=held.registration.person_id, facts=facts)


@transaction.atomic
def mark_read(verification: Verification, *, by: Actor, at: datetime) -> int:
    """The other side's messages were seen now."""
    if not can_write(by, verification, at):
        return 0
    rows = DeskMessage.objects.unread().filter(~Q(side=side_of(by)), verification=verification)
    return rows.update(read_at=at)


@transaction.atomic
def settle_letters(verification: Verification, *, by: Actor, at: datetime) -> int:
    """No answer is needed for what was read; what came in meanwhile still waits."""
    if side_of(by) != Side.DESK:
        raise PermissionDenied(NOT_YOURS)
    held = _held(verification, by, at)
    number = _settle(held, at)
    if number:
        trail.record(
            "closed_rooms.letters_settled", by=by, at=at, subject=held, thread_id=held.registration.person_id
        )
    return number


@transaction.atomic
def take_back(message: DeskMessage, *, by: Actor, at: datetime) -> DeskMessage:
    """Its writer takes it back: the words are destroyed; that it stood there, and its term, stay."""
    rows = DeskMessage.objects.select_for_update(of=("self",)).select_related("verification__registration")
    held = rows.get(pk=message.pk)
    if held.withdrawn_at is not None and held.written_by == by.id:
        return held
    if not can_take_back(by, held, at):
        raise PermissionDenied("Dit bericht kunt u niet intrekken.")
    held.text_sealed, held.withdrawn_at = b"", at
    held.save(update_fields=["text_sealed", "withdrawn_at"])
    _record("closed_rooms.letter_withdrawn", held, held.verification, by, at)
    return held
