"""A document is added, sent in, seen or removed."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import Case, TaskKind
from nabij.documents.content import kinds, largest_case, read_within
from nabij.documents.models import Document, DocumentContent
from nabij.documents.policies import can_add, can_change, can_send
from nabij.documents.queries import size_together
from nabij.documents.taking import written_anew
from nabij.keys.sealing import seal, seal_bytes


@dataclass(frozen=True)
class Given:
    """What is told about a document."""

    title: str
    kind: str
    is_shown: bool


def add_document(case: Case, given: Given, content: bytes, *, by: Actor, at: datetime) -> Document:
    """Keep a picture or a paper, written anew and sealed: by who helps, or sent in by the person.

    ValidationError beside `file` when it cannot be taken, beside `title` or `kind` when that is wrong.
    """
    is_of_person = can_send(by, case)
    if by.id is None or not (is_of_person or can_add(by, case, at)):
        raise PermissionDenied("In dit dossier kunt u geen stuk toevoegen.")
    if not given.title.strip():
        raise ValidationError({"title": _("Geef het stuk een titel.")})
    if given.kind not in dict(kinds()):
        raise ValidationError({"kind": _("Kies wat het is.")})
    form, made = written_anew(content)
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if size_together(held) + len(made) > largest_case():
            raise ValidationError({"file": _("Dit dossier is vol. Verwijder eerst een ander stuk.")})
        row = Document.objects.create(
            case=held, title_sealed=seal(held.person_id, given.title), kind=given.kind, form=form,
            size=len(made), is_shown=given.is_shown or is_of_person, is_of_person=is_of_person,
            added_at=at, added_by=by.id,
        )  # fmt: skip
        DocumentContent.objects.create(document=row, bytes_sealed=seal_bytes(held.person_id, made))
        if is_of_person:
            add_task(held, TaskKind.READ_MESSAGE, at + read_within(), at=at, about_id=row.pk)
        verb = "document.sent" if is_of_person else "document.added"
        trail.record(verb, by=by, at=at, subject=row, thread_id=held.person_id)
    return row


@transaction.atomic
def see_document(document: Document, *, by: Actor, at: datetime) -> Document:
    """A helper looked at what the person sent; seen twice it stays as it was."""
    held = _held(document)
    if not can_change(by, held, at):
        raise PermissionDenied("In dit dossier helpt u niet.")
    if held.is_of_person and held.seen_at is None:
        held.seen_at = at
        held.save(update_fields=["seen_at"])
        finish_tasks(held.case, TaskKind.READ_MESSAGE, by=by, at=at, about_id=held.pk)
        trail.record("document.seen", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held


@transaction.atomic
def remove_document(document: Document, reason: str, *, by: Actor, at: datetime) -> Document:
    """Destroy what is in it, for good; that it was there stays. ValidationError without a reason."""
    held = _held(document)
    if not can_change(by, held, at):
        raise PermissionDenied("Dit stuk kunt u niet verwijderen.")
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf op waarom u dit verwijdert.")})
    DocumentContent.objects.filter(document=held).delete()
    held.removed_at, held.removed_by = at, by.id
    held.reason_sealed = seal(held.case.person_id, reason)
    held.save()
    finish_tasks(held.case, TaskKind.READ_MESSAGE, by=by, at=at, about_id=held.pk)
    trail.record("document.removed", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held


def _held(document: Document) -> Document:
    rows = Document.objects.select_for_update(of=("self",)).select_related("case__team", "case__person")
    return rows.get(pk=document.pk)
