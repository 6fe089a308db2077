"""A question from outside is taken without a name, and answered by the officer with a reason."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.contact.working_days import working_days_after
from nabij.inquiries import content
from nabij.inquiries.models import Inquiry
from nabij.inquiries.policies import can_take, visible_to
from nabij.keys.sealing import seal
from nabij.kit.references import fresh_reference


@transaction.atomic
def take_inquiry(asker: str, wish: str, *, by: Actor, at: datetime) -> Inquiry:
    """Write down who asked what; the officer's term runs when it goes to them."""
    if not can_take(by) or by.organisation_id is None or by.id is None:
        raise PermissionDenied("Een vraag van buiten schrijft een medewerker op.")
    due = working_days_after(at, content.number("working_days")) if content.goes_to_officer(wish) else None
    row = Inquiry.objects.create(
        reference=fresh_reference("things", lambda told: Inquiry.objects.filter(reference=told).exists()),
        organisation_id=by.organisation_id, asker=asker, wish=wish, asked_at=at, taken_by=by.id, due_at=due,
    )  # fmt: skip
    trail.record("inquiry.taken", by=by, at=at, subject=row, facts={"asker": asker, "wish": wish})
    return row


@transaction.atomic
def settle_inquiry(pk: UUID, outcome: str, reason: str, *, by: Actor, at: datetime) -> Inquiry:
    """The officer answered, in writing and outside Nabij: what came of it and why, once.

    PermissionDenied for everybody else; ValidationError without a reason or when it was answered before.
    """
    row = Inquiry.objects.select_for_update().filter(visible_to(by), pk=pk).first()
    if row is None:
        raise PermissionDenied("Deze vraag beantwoordt de functionaris gegevensbescherming.")
    if not row.waits:
        raise ValidationError("Deze vraag is al beantwoord.")
    if not reason.strip():
        raise ValidationError({"reason": "Schrijf op waarom."})
    row.outcome, row.reason_sealed = outcome, seal(row.pk, reason)
    row.settled_at, row.settled_by = at, by.id
    row.save(update_fields=["outcome", "reason_sealed", "settled_at", "settled_by"])
    trail.record("inquiry.settled", by=by, at=at, subject=row, facts={"outcome": outcome})
    return row
