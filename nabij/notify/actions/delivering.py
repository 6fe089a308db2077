"""What can happen to a delivery after it was written: tried, reported on, answered, withdrawn, sent again."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.notify import answers
from nabij.notify.channels import hand_over
from nabij.notify.claims import claim_deliveries, open_parcels, record_handed, retry_or_fail
from nabij.notify.models import Delivery, State
from nabij.notify.policies import can_resend
from nabij.notify.sending import wake_engines

WAITING = (State.QUEUED, State.SENDING)
ON_THE_WAY = (State.QUEUED, State.SENDING, State.SENT, State.WITHDRAWN, State.FAILED)


def attempt_delivery(channel: str, *, at: datetime, taken_by: str = "by-hand") -> int:
    """Hand over what is due on one channel, one by one; says how many. The engine does it side by side."""
    rows = claim_deliveries(channel, 100, taken_by=taken_by, at=at)
    for parcel in open_parcels(rows):
        record_handed(parcel, hand_over(parcel), at=at)
    return len(rows)


@transaction.atomic
def withdraw(message_ids: Iterable[UUID], *, at: datetime) -> int:
    """Stop what has not left yet, because it is no longer needed; says how many deliveries."""
    waiting = Delivery.objects.filter(message_id__in=list(message_ids), state__in=WAITING)
    return waiting.update(state=State.WITHDRAWN, lease_until=None)


@transaction.atomic
def report_delivered(delivery_id: UUID, *, by: Actor, at: datetime) -> None:
    """The other side says that it arrived; said twice is said once."""
    row = Delivery.objects.select_for_update().get(pk=delivery_id)
    if row.state not in ON_THE_WAY:
        return
    row.state, row.delivered_at, row.lease_until, row.error_code = State.DELIVERED, at, None, ""
    row.sent_at, row.failed_at = row.sent_at or at, None
    row.save()


@transaction.atomic
def report_failed(delivery_id: UUID, round_number: int, *, by: Actor, at: datetime) -> None:
    """The other side gave up: try again under a new key, or fail; an earlier round is old news."""
    row = Delivery.objects.select_for_update(of=("self",)).select_related("message").get(pk=delivery_id)
    if row.round != round_number or row.state not in (State.SENDING, State.SENT):
        return
    row.round, row.sent_at = row.round + 1, None
    retry_or_fail(row, "not_delivered", is_final=False, by=by, at=at)
    wake_engines()


@transaction.atomic
def report_answer(delivery_id: UUID, answer: str, *, by: Actor, at: datetime) -> None:
    """Somebody pressed a key; the first key counts, and who listens decides what it means."""
    row = Delivery.objects.select_for_update().get(pk=delivery_id)
    if row.state == State.ANSWERED:
        return
    row.state, row.answer, row.answered_at, row.lease_until = State.ANSWERED, answer[:10], at, None
    row.sent_at, row.delivered_at, row.failed_at = row.sent_at or at, row.delivered_at or at, None
    row.save()
    answers.heard(row.message_id, row.answer, by=by, at=at)


@transaction.atomic
def resend(delivery: Delivery, *, by: Actor, at: datetime) -> Delivery:
    """Send a failed or unconfirmed delivery again, with all its attempts and under a new key."""
    if not can_resend(by, delivery, at):
        raise PermissionDenied("Dit bericht kunt u niet opnieuw versturen.")
    row = Delivery.objects.select_for_update(of=("self",)).select_related("message").get(pk=delivery.pk)
    if row.contact_point_id is None or row.state not in (State.FAILED, State.SENT):
        return row
    row.state, row.attempts, row.round, row.due_at = State.QUEUED, 0, row.round + 1, at
    row.error_code, row.failed_at, row.sent_at, row.provider_id = "", None, None, ""
    row.save()
    trail.record(
        "message.resent", by=by, at=at, subject=row.message, thread_id=row.message.about_id,
        facts={"channel": row.channel},
    )  # fmt: skip
    wake_engines()
    return row
