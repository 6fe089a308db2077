"""Work for many at once: each person once, what failed is named, and tried again when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.desk import content
from nabij.desk.actions.owning import own_for_many
from nabij.desk.models import Bulk, BulkItem, BulkJob, BulkState, ItemState
from nabij.desk.policies import can_lead, owners_of
from nabij.desk.queries.bulk import Selection, lets_anybody_call, open_needs_of, selected
from nabij.incidents.models import Incident
from nabij.notify.models import State
from nabij.notify.sending import Rule, send
from nabij.people import content as form
from nabij.people.models import Registration
from nabij.people.queries.registrations import COUNTED


@dataclass(frozen=True)
class Wanted:
    """What must be done for a selection: a message with its values, or an owner for needs."""

    message: str = ""
    values: Mapping[str, str] | None = None
    owner: Membership | None = None


@transaction.atomic
def ask_bulk(incident: Incident, selection: Selection, wanted: Wanted, *, by: Actor, at: datetime) -> BulkJob:
    """Ask work for everybody in this selection; the job begins as soon as this is written.

    ValidationError when nobody fits, or when the owner does not work for this event.
    """
    if not can_lead(by, incident, at) or by.id is None:
        raise PermissionDenied("Werk voor velen vraagt de leider registratie.")
    if wanted.owner and not Membership.objects.filter(owners_of(incident, at), pk=wanted.owner.pk).exists():
        raise ValidationError({"owner": _("Deze collega werkt niet voor deze gebeurtenis.")})
    rows = list(selected(incident, selection, by, at).values_list("pk", flat=True))
    if not rows:
        raise ValidationError(_("Niemand past bij deze keuze."))
    job = BulkJob.objects.create(
        incident=incident, kind=Bulk.ASSIGN if wanted.owner else Bulk.MESSAGE, message=wanted.message,
        values=dict(wanted.values or {}), need=selection.need, owner=wanted.owner, asked_at=at,
        asked_by_id=by.id,
    )  # fmt: skip
    BulkItem.objects.bulk_create(BulkItem(job=job, registration_id=pk) for pk in rows)
    _tell("bulk.asked", job, len(rows), by, at)
    return job


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
    waiting = held.items.filter(state=ItemState.WAITING).select_related("registration__person")
    items = list(waiting.order_by("pk")[: content.number("bulk_batch")])
    for item in items:
        row = item.registration
        item.reason = "gone" if row.state not in COUNTED else _one(held, row, by, at)
        item.state = ItemState.FAILED if item.reason else ItemState.DONE
    BulkItem.objects.bulk_update(items, ["state", "reason"])
    if not items and held.state == BulkState.BUSY:
        held.state, held.ended_at = BulkState.READY, at
        held.save(update_fields=["state", "ended_at"])
        _tell("bulk.done", held, held.items.filter(state=ItemState.DONE).count(), by, at)
    return len(items)


def _one(job: BulkJob, row: Registration, by: Actor, at: datetime) -> str:
    """Do it for one person; "" or why not."""
    if job.owner is not None:
        given = own_for_many(open_needs_of(row, job.need), job.owner, by, at)
        return "" if given else "no_open_need"
    if not lets_anybody_call(row):
        return "no_consent"
    message = send(
        job.message, to=row.person_id, rule=Rule.SAFE_CONTACT, exercise=job.incident.is_exercise, at=at,
        language=row.person.language, about_id=job.incident_id,
        values={**job.values, "phone": form.desk()["phone"]},
    )  # fmt: skip
    failed = message.deliveries.filter(state=State.FAILED)
    return "no_safe_contact_point" if failed.exists() else ""


def _tell(verb: str, job: BulkJob, number: int, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"count": number, "kind": job.kind}
    trail.record(verb, by=by, at=at, subject=job, thread_id=job.incident_id, facts=facts)
