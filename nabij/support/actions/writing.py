"""Contacts and their notes: drafts save themselves, a colleague's notes open only with a reason."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import finish_tasks
from nabij.cases.actions.unsealing import note_reading
from nabij.cases.models import Case, TaskKind, Unsealed
from nabij.cases.policies import can_help, can_open
from nabij.keys.sealing import Opener, seal
from nabij.support.actions.approaching import reach
from nabij.support.models import Contact, ContactKind

NOT_YOURS = "In dit dossier helpt u niet."
ENDS = (TaskKind.CALL_BACK, TaskKind.QUIET, TaskKind.APPROACH)


@transaction.atomic
def save_draft(
    case: Case, kind: ContactKind, notes: str, happened_at: datetime, *, by: Actor, at: datetime
) -> Contact:
    """Keep what a helper is writing; each writer has one draft per case, so nobody overwrites anybody."""
    if by.id is None or not can_help(by, case, at):
        raise PermissionDenied(NOT_YOURS)
    told = {
        "kind": kind, "notes_sealed": seal(case.person_id, notes), "happened_at": happened_at, "saved_at": at,
    }  # fmt: skip
    draft, _ = Contact.objects.update_or_create(case=case, author_id=by.id, finished_at=None, defaults=told)
    return draft


@transaction.atomic
def finish_contact(
    case: Case, kind: ContactKind, notes: str, happened_at: datetime, *, by: Actor, at: datetime
) -> Contact:
    """The contact took place and stands in the file; alarms about silence end."""
    draft = save_draft(case, kind, notes, happened_at, by=by, at=at)
    draft.finished_at = at
    draft.save(update_fields=["finished_at"])
    held = Case.objects.select_for_update(of=("self",)).select_related("person", "team").get(pk=case.pk)
    reach(held, max(happened_at, held.last_contact_at or happened_at))
    finish_tasks(held, *ENDS, by=by, at=at)
    trail.record("case.contact", by=by, at=at, subject=draft, thread_id=case.person_id)
    return draft


@transaction.atomic
def open_notes(contact: Contact, reason: str, *, by: Actor, at: datetime) -> str:
    """A colleague's notes, with a reason that the person can read; one's own need none."""
    if by.id is None or not can_open(by, contact.case, at) or contact.finished_at is None:
        raise PermissionDenied("Deze aantekeningen zijn niet voor u.")
    if contact.author_id != by.id:
        note_reading(contact.case, Unsealed.NOTES, contact.pk, reason, by=by, at=at)
    return Opener([contact.case.person_id]).open(contact.case.person_id, contact.notes_sealed)
