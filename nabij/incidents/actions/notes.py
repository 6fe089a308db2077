"""Hand-written lines in the timeline."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.incidents.actions.locking import locked_note
from nabij.incidents.models import Incident, TimelineNote
from nabij.incidents.policies import can_erase_note, can_write_note
from nabij.incidents.refusals import Refused
from nabij.keys.sealing import destroy_key, seal


@transaction.atomic
def write_note(incident: Incident, text: str, *, is_shared: bool, by: Actor, at: datetime) -> TimelineNote:
    """Write a line for one's own organisation, or shared with all at the incident.

    Raises Refused when it is empty.
    """
    if not can_write_note(by, incident, at) or by.id is None or by.organisation_id is None:
        raise PermissionDenied("U kunt hier niet schrijven.")
    if not text.strip():
        raise Refused("Schrijf eerst iets op.")
    note = TimelineNote(
        incident=incident,
        is_shared=is_shared,
        written_at=at,
        organisation_id=by.organisation_id,
        written_by_id=by.id,
    )
    note.text_sealed = seal(note.pk, text)
    note.save(force_insert=True)
    facts: dict[str, trail.Fact] = {"is_shared": is_shared}
    trail.record("note.written", by=by, at=at, subject=note, thread_id=incident.pk, facts=facts)
    return note


@transaction.atomic
def erase_note(note: TimelineNote, *, by: Actor, at: datetime) -> TimelineNote:
    """Destroy the note's key and text for good; that there was a note stays.

    Raises Refused when it was erased already.
    """
    held = locked_note(note.pk)
    if not can_erase_note(by, held, at):
        raise PermissionDenied("U kunt deze notitie niet wissen.")
    if held.erased_at is not None:
        raise Refused("Deze notitie is al gewist.")
    destroy_key(held.pk, at=at)
    held.text_sealed, held.erased_at, held.erased_by_id = b"", at, by.id
    held.save(update_fields=["text_sealed", "erased_at", "erased_by"])
    trail.record("note.erased", by=by, at=at, subject=held, thread_id=held.incident_id)
    return held
