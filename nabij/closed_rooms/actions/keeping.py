"""What stands inside is looked after: contact persons and documents, and who may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.closed_part.models import Relation
from nabij.closed_part.policies import can_lead
from nabij.closed_rooms.models import ClosedDocument, ClosedDocumentContent, ContactPerson
from nabij.closed_rooms.policies import can_add_paper, can_release_paper, can_withdraw_paper
from nabij.closed_rooms.queries.inside import possible_contacts
from nabij.documents.taking import written_anew
from nabij.keys.sealing import destroy_key, seal_bytes

NOT_YOURS = "Dit doet de leider registratie."


def check_relations(relations: Sequence[str]) -> list[str]:
    """These relations, each once; ValidationError for nobody, and for what is no relation."""
    if not relations or not set(relations) <= set(Relation.values):
        raise ValidationError({"relations": _("Kies voor wie dit is.")})
    return [each for each in Relation.values if each in relations]


@transaction.atomic
def appoint_contact(
    centre: AdviceCentre, membership: Membership, relations: Sequence[str], *, by: Actor, at: datetime
) -> ContactPerson:
    """Somebody whom people inside may ask for; appointed again, it is for whom is said last."""
    if not can_lead(by, centre.incident, at):
        raise PermissionDenied(NOT_YOURS)
    wanted = check_relations(relations)
    if not possible_contacts(centre, at).filter(pk=membership.pk).exists():
        raise ValidationError({"membership": _("Deze collega werkt niet voor deze gebeurtenis.")})
    row, is_new = ContactPerson.objects.get_or_create(
        centre=centre, membership=membership, ends_at=None,
        defaults={"relations": wanted, "starts_at": at},
    )  # fmt: skip
    if not is_new:
        row.relations = wanted
        row.save(update_fields=["relations"])
    trail.record("closed_rooms.contact_appointed", by=by, at=at, subject=row, thread_id=centre.incident_id)
    return row


@transaction.atomic
def end_contact(contact: ContactPerson, *, by: Actor, at: datetime) -> ContactPerson:
    """Somebody is contact person no more."""
    if not can_lead(by, contact.centre.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if contact.ends_at is None:
        contact.ends_at = at
        contact.save(update_fields=["ends_at"])
        trail.record(
            "closed_rooms.contact_ended", by=by, at=at, subject=contact, thread_id=contact.centre.incident_id
        )
    return contact


@dataclass(frozen=True)
class Paper:
    """What is told about a document for people inside: no names in its title."""

    title: str
    relations: Sequence[str]
    shown_from_at: datetime


def add_paper(
    centre: AdviceCentre, paper: Paper, content: bytes, *, by: Actor, at: datetime
) -> ClosedDocument:
    """Keep a paper, written anew and sealed; nobody inside sees it before another person releases it."""
    if by.user_id is None or not can_add_paper(by, centre.incident, at):
        raise PermissionDenied("Stukken toevoegen doen de redactie en de leider registratie.")
    if not paper.title.strip():
        raise ValidationError({"title": _("Geef het stuk een titel.")})
    wanted = check_relations(paper.relations)
    form, made = written_anew(content)
    with transaction.atomic():
        row = ClosedDocument.objects.create(
            centre=centre, title=paper.title.strip(), form=form, size=len(made), relations=wanted,
            shown_from_at=paper.shown_from_at, added_at=at, added_by_id=by.user_id,
        )  # fmt: skip
        ClosedDocumentContent.objects.create(document=row, bytes_sealed=seal_bytes(row.pk, made))
        trail.record("closed_rooms.paper_added", by=by, at=at, subject=row, thread_id=centre.incident_id)
    return row


def _held(pk: UUID) -> ClosedDocument:
    rows = ClosedDocument.objects.select_for_update(of=("self",))
    return rows.select_related("centre__incident").get(pk=pk)


@transaction.atomic
def release_paper(document: ClosedDocument, *, by: Actor, at: datetime) -> ClosedDocument:
    """A second person lets people read it, from its moment on."""
    held = _held(document.pk)
    if not can_release_paper(by, held, at):
        raise PermissionDenied("Een stuk geeft iemand anders vrij dan wie het toevoegde.")
    held.released_at, held.released_by_id = at, by.user_id
    held.save()
    trail.record("closed_rooms.paper_released", by=by, at=at, subject=held, thread_id=held.centre.incident_id)
    return held


@transaction.atomic
def withdraw_paper(document: ClosedDocument, *, by: Actor, at: datetime) -> ClosedDocument:
    """Nobody reads it any more, at once; what was in it is destroyed, that it was there stays."""
    held = _held(document.pk)
    if not can_withdraw_paper(by, held, at):
        raise PermissionDenied("Dit stuk kunt u niet intrekken.")
    held.withdrawn_at, held.withdrawn_by = at, by.id
    held.save()
    ClosedDocumentContent.objects.filter(document=held).delete()
    destroy_key(held.pk, at=at)
    trail.record(
        "closed_rooms.paper_withdrawn", by=by, at=at, subject=held, thread_id=held.centre.incident_id
    )
    return held
