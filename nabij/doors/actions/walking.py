"""What phones tell of doors: each note kept, the last one counts, and two that differ wait for a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.doors.models import Door, DoorNote, Outcome, Round
from nabij.doors.policies import can_choose, can_note

NOT_YOURS = "In deze ronde loopt u niet."


@dataclass(frozen=True)
class Told:
    """One tap: its own identity, the door, what came of it, what the phone knew before, and when."""

    id: UUID
    door_id: UUID
    outcome: Outcome
    previous_id: UUID | None
    noted_at: datetime


@transaction.atomic
def note_door(found: Round, told: Told, *, by: Actor, at: datetime) -> DoorNote:
    """Keep what a phone told; the same tap sent twice counts once.

    Two phones that did not know of each other and say something different: both are kept, what stood stays,
    and a person chooses. ValidationError for a door of another round.
    """
    if by.id is None or not can_note(by, found, at):
        raise PermissionDenied(NOT_YOURS)
    door = _held(found, told.door_id)
    known = DoorNote.objects.filter(pk=told.id).first()
    if known is not None:
        if known.door_id != door.pk:
            raise ValidationError("Deze melding hoort bij een andere deur.")
        return known
    if door.outcome == Outcome.ELSEWHERE:
        raise ValidationError("Naar deze deur gaat u niet.")
    differs = door.counted_id not in (None, told.previous_id) and door.outcome != told.outcome
    note = DoorNote.objects.create(
        pk=told.id, door=door, outcome=told.outcome, previous_id=told.previous_id,
        noted_at=min(told.noted_at, at), received_at=at, noted_by=by.id,
        is_disputed=differs or door.is_disputed,
    )  # fmt: skip
    if note.is_disputed:
        door.notes.filter(Q(pk=door.counted_id)).update(is_disputed=True)
        door.is_disputed = True
    else:
        door.outcome, door.counted_id = note.outcome, note.pk
    door.save(update_fields=["outcome", "counted_id", "is_disputed"])
    return note


@transaction.atomic
def choose_note(found: Round, door_id: UUID, note_id: UUID, *, by: Actor, at: datetime) -> Door:
    """Say which of two phones is right; the other note stays in the list of notes.

    ValidationError when it is no longer one to choose from.
    """
    if not can_choose(by, found, at):
        raise PermissionDenied(NOT_YOURS)
    door = _held(found, door_id)
    chosen = door.notes.filter(pk=note_id, is_disputed=True).first()
    if chosen is None:
        raise ValidationError("Dit is al gekozen.")
    door.notes.filter(is_disputed=True).update(is_disputed=False)
    door.outcome, door.counted_id, door.is_disputed = chosen.outcome, chosen.pk, False
    door.save(update_fields=["outcome", "counted_id", "is_disputed"])
    facts: dict[str, trail.Fact] = {"outcome": chosen.outcome}
    trail.record("doors.chosen", by=by, at=at, subject=door, thread_id=found.incident_id, facts=facts)
    return door


def _held(found: Round, door_id: UUID) -> Door:
    door = Door.objects.select_for_update(of=("self",)).filter(round=found, pk=door_id).first()
    if door is None:
        raise ValidationError("Deze deur hoort niet bij deze ronde.")
    return door
