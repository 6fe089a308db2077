"""Work for many at once: each person once, what failed is named, and tried again when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.audit.reading import log_read
from nabij.bulk import content
from nabij.bulk.models import Bulk, BulkItem, BulkJob, BulkState, ItemState
from nabij.bulk.queries import (
    LETTER,
    UNREACHABLE,
    Letter,
    Paper,
    Selection,
    lets_anybody_call,
    letter_of,
    open_needs_of,
    papers_of,
    selected,
    waiting_messages,
)
from nabij.desk.actions.owning import own_for_many
from nabij.desk.policies import can_lead, owners_of
from nabij.desk.queries.last_forms import last_forms
from nabij.incidents.models import Incident
from nabij.keys.sealing import seal
from nabij.notify.actions import withdraw as withdraw_messages
from nabij.notify.models import State
from nabij.notify.sending import Rule, send
from nabij.people import content as form
from nabij.people.models import Registration
from nabij.privacy.purposes import Purpose

PARAGRAPHS = ("one", "two", "three")


@dataclass(frozen=True)
class Wanted:
    """What must be done for a selection: a message with its values, a letter, or an owner for needs."""

    message: str = ""
    values: Mapping[str, str] | None = None
    owner: Membership | None = None
    text: str = ""
    english: str = ""

    @property
    def kind(self) -> Bulk:
        """Which of the three it is."""
        return Bulk.ASSIGN if self.owner else Bulk.LETTER if self.text else Bulk.MESSAGE


@transaction.atomic
def ask_bulk(incident: Incident, selection: Selection, wanted: Wanted, *, by: Actor, at: datetime) -> BulkJob:
    """Ask work for everybody in this selection; the job begins as soon as this is written.

    ValidationError when nobody fits, when the owner does not work here, or when a letter is too long.
    """
    if not can_lead(by, incident, at) or by.id is None:
        raise PermissionDenied("Werk voor velen vraagt de leider registratie.")
    if wanted.owner and not Membership.objects.filter(owners_of(incident, at), pk=wanted.owner.pk).exists():
        raise ValidationError({"owner": _("Deze collega werkt niet voor deze gebeurtenis.")})
    for name in ("text", "english"):
        _check_length(name, getattr(wanted, name))
    rows = list(selected(incident, selection, by, at).values_list("pk", flat=True))
    if not rows:
        raise ValidationError(_("Niemand past bij deze keuze."))
    pk = uuid4()
    sealed = {
        f"{name}_sealed": seal(pk, told) if told else b""
        for name, told in (("text", wanted.text), ("english", wanted.english))
    }
    job = BulkJob.objects.create(
        id=pk, incident=incident, kind=wanted.kind, message=wanted.message, **sealed,
        values=dict(wanted.values or {}), need=selection.need, owner=wanted.owner, asked_at=at,
        asked_by_id=by.id,
    )  # fmt: skip
    BulkItem.objects.bulk_create(BulkItem(job=job, registration_id=pk) for pk in rows)
    _tell("bulk.asked", job, len(rows), by, at)
    return job


def _check_length(name: str, text: str) -> None:
    told, most = content.paragraphs_of(text), content.number("most_paragraph")
    if len(told) > content.number("paragraphs"):
        raise ValidationError({name: _("Schrijf hooguit drie alinea's. Een lege regel begint een nieuwe.")})
    if any(len(each) > most for each in told):
        raise ValidationError(
            {name: _("Een alinea is te lang: er passen %(most)s tekens in.") % {"most": most}}
        )


@transaction.atomic
def try_again(job: BulkJob, *, by: Actor, at: datetime) -> BulkJob:
    """Try once more what failed; ValidationError when nothing did, or when it is still busy."""
    if not can_lead(by, job.incident, at):
        raise PermissionDenied("Werk voor velen vraagt de leider registratie.")
    held = BulkJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    failed = held.items.filter(state=ItemState.FAILED)
    number = failed.count()
    if held.state != BulkState.READY or not number:
        raise ValidationError(_("Er is niets om opnieuw te proberen."))
    failed.update(state=ItemState.WAITING, reason="")
    held.state, held.ended_at = BulkState.BUSY, None
    held.save(update_fields=["state", "ended_at"])
    _tell("bulk.asked", held, number, by, at)
    return held


@transaction.atomic
def carry_out(job: BulkJob, *, by: Actor, at: datetime) -> int:
    """The next people, each in the same transaction as what is done for them; 0 when it is ready.

    After a kill it goes on where it was: nobody gets anything twice.
    """
    held = BulkJob.objects.select_for_update(of=("self",)).select_related("incident", "owner").get(pk=job.pk)
    letter = letter_of(held)
    waiting = held.items.filter(state=ItemState.WAITING).select_related("registration__person")
    items = list(waiting.order_by("pk")[: content.number("batch")])
    stands = last_forms(held.incident_id).filter(pk__in=[item.registration_id for item in items])
    # held, so that who takes it back meanwhile waits, and then calls back what was written
    stands = stands.order_by("pk").select_for_update(of=("self",), no_key=True)
    standing = set(stands.values_list("pk", flat=True))
    for item in items:
        row = item.registration
        item.reason = _one(held, letter, row, by, at) if row.pk in standing else "gone"
        item.state = ItemState.FAILED if item.reason else ItemState.DONE
    BulkItem.objects.bulk_update(items, ["state", "reason"])
    if not items and held.state == BulkState.BUSY:
        held.state, held.ended_at = BulkState.READY, at
        held.save(update_fields=["state", "ended_at"])
        _tell("bulk.done", held, held.items.filter(state=ItemState.DONE).count(), by, at)
    return len(items)


def _one(job: BulkJob, letter: Letter, row: Registration, by: Actor, at: datetime) -> str:
    """Do it for one person; "" or why not."""
    if job.owner is not None:
        given = own_for_many(open_needs_of(row, job.need), job.owner, by, at)
        return "" if given else "no_open_need"
    if not lets_anybody_call(row):
        return "no_consent"
    values = dict(job.values)
    if job.kind == Bulk.LETTER:
        told = letter.told_in(row.person.language)
        values = dict(zip(PARAGRAPHS, [*told, "", "", ""], strict=False))
    message = send(
        job.message or LETTER, to=row.person_id, rule=Rule.SAFE_CONTACT,
        exercise=job.incident.is_exercise, at=at, language=row.person.language, about_id=job.incident_id,
        values={**values, "phone": form.desk()["phone"]},
    )  # fmt: skip
    failed = message.deliveries.filter(state=State.FAILED)
    return UNREACHABLE if failed.exists() else ""


@transaction.atomic
def call_back(registration: Registration, *, by: Actor, at: datetime) -> int:
    """Who lets nobody make contact any more gets nothing that still waits here; how many stay."""
    if by.kind != ActorKind.SYSTEM:
        raise PermissionDenied("Dit doet Nabij zelf.")
    stands = registration.incident_id and last_forms(registration.incident_id).filter(pk=registration.pk)
    if stands and lets_anybody_call(registration):
        return 0
    return withdraw_messages(waiting_messages(registration), at=at)


@transaction.atomic
def print_letters(job: BulkJob, *, by: Actor, at: datetime) -> list[Paper]:
    """Everybody whose letter must be on paper, with their names; each reading is written down first."""
    if not can_lead(by, job.incident, at):
        raise PermissionDenied("Werk voor velen vraagt de leider registratie.")
    found = papers_of(job)
    if not found:
        raise ValidationError(_("Er zijn geen brieven om te printen."))
    log_read([each.person_id for each in found], by=by, purpose=Purpose.AFTERCARE, at=at)
    _tell("bulk.printed", job, len(found), by, at)
    return found


def _tell(verb: str, job: BulkJob, number: int, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"count": number, "kind": job.kind}
    trail.record(verb, by=by, at=at, subject=job, thread_id=job.incident_id, facts=facts)
