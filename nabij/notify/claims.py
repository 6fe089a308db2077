"""Taking due deliveries in hand, and writing down how it went; never a transaction around a call outside."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from nabij.audit import trail
from nabij.audit.actor import SYSTEM, Actor
from nabij.keys.sealing import ERASED, Opener, Unreadable
from nabij.notify.channels import Handed, Parcel
from nabij.notify.contact_rules import next_moment, permits_channel, rule_of, rules_of
from nabij.notify.models import Channel, Delivery, Rule, State
from nabij.notify.sending import STOP
from nabij.notify.terms import delivery_terms


@transaction.atomic
def claim_deliveries(channel: str, most: int, *, taken_by: str, at: datetime) -> list[Delivery]:
    """Take up to `most` due deliveries of a channel in hand; rows that others hold are passed over."""
    lease = delivery_terms().lease
    due = Delivery.objects.due(at, lease).filter(channel=channel).order_by("due_at", "id")
    rows = _agreed_now(
        due.select_for_update(skip_locked=True, of=("self",)).select_related("message", "contact_point")[
            :most
        ],
        at,
    )
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENDING, lease_until=at + lease, taken_by=taken_by, attempts=F("attempts") + 1
    )
    for row in rows:
        row.attempts += 1
    return rows


def _agreed_now(found: Iterable[Delivery], at: datetime) -> list[Delivery]:
    """Those that may go at this moment; the others wait for the hours that the person agreed to."""
    rows = list(found)
    rules = rules_of(row.message.recipient_id for row in rows if row.message.rule == Rule.SAFE_CONTACT)
    later = {row.pk: next_moment(rules.get(row.message.recipient_id), at) for row in rows}
    for pk, moment in later.items():
        if moment > at:
            Delivery.objects.filter(pk=pk).update(due_at=moment, state=State.QUEUED, lease_until=None)
    return [row for row in rows if later[row.pk] <= at]


def keep_in_hand(delivery_ids: Iterable[UUID], *, taken_by: str, at: datetime) -> None:
    """Keep what is still being handed over, so that no other engine takes it."""
    Delivery.objects.filter(pk__in=list(delivery_ids), state=State.SENDING, taken_by=taken_by).update(
        lease_until=at + delivery_terms().lease
    )


def open_parcels(rows: list[Delivery]) -> list[Parcel]:
    """The claimed deliveries with address and text opened; what was erased is empty."""
    points = [row.contact_point for row in rows if row.contact_point]
    opener = Opener([*(row.message_id for row in rows), *(point.subject_id for point in points)])
    callback = f"{settings.ENV.base_url}{reverse('notify:report')}"
    return [_parcel(row, opener, callback) for row in rows]


def _parcel(row: Delivery, opener: Opener, callback: str) -> Parcel:
    message, point = row.message, row.contact_point
    bodies = json.loads(_opened(opener, message.pk, message.body_sealed) or "{}")
    address = _opened(opener, point.subject_id, point.value_sealed) if point and _is_allowed(row) else ""
    return Parcel(
        delivery_id=row.pk,
        attempt=row.attempts,
        channel=row.channel,
        address=address,
        subject=message.subject,
        body=bodies.get(row.channel, ""),
        key=row.key,
        callback_url=callback,
        is_exercise=message.is_exercise,
        asks_answer=message.asks_answer,
        stop_url=bodies.get(STOP, ""),
    )


def _is_allowed(row: Delivery) -> bool:
    """The rule asked again at the door: a person may have changed their answers since it was written."""
    point = row.contact_point
    if point is None or not point.is_active:
        return False
    if row.message.rule != Rule.SAFE_CONTACT:
        return True
    return point.is_safe and permits_channel(rule_of(point.subject_id), Channel(point.channel))


def _opened(opener: Opener, subject_id: UUID, sealed: bytes | memoryview) -> str:
    """The text, or nothing when it was erased or is damaged: one bad row stops no other."""
    try:
        text = opener.open(subject_id, sealed)
    except Unreadable:
        return ""
    return "" if text == ERASED else text


@transaction.atomic
def record_handed(parcel: Parcel, handed: Handed, *, at: datetime) -> None:
    """Write down that the other side took it, or when it will be tried again, or that it failed."""
    if handed.is_taken:
        _record_taken(parcel, handed, at)
        return
    row = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("message")
        .filter(pk=parcel.delivery_id, state=State.SENDING, attempts=parcel.attempt)
        .first()
    )
    if row is not None:
        retry_or_fail(row, handed.code, is_final=handed.is_final, by=SYSTEM, at=at)


def _record_taken(parcel: Parcel, handed: Handed, at: datetime) -> None:
    """Also when the lease had run out or nobody needs it any more: it left. A later report is not undone."""
    row = Delivery.objects.select_for_update().get(pk=parcel.delivery_id)
    if row.key != parcel.key:
        return
    row.provider_id, row.sent_at = row.provider_id or handed.provider_id, row.sent_at or at
    if row.state in (State.QUEUED, State.SENDING, State.WITHDRAWN):
        row.state, row.error_code, row.lease_until = State.SENT, "", None
    row.save()


def retry_or_fail(row: Delivery, code: str, *, is_final: bool, by: Actor, at: datetime) -> None:
    """Put a locked delivery back in the queue with its wait, or make its failure visible."""
    terms = delivery_terms()
    row.error_code, row.lease_until = code[:40], None
    if is_final or row.attempts >= terms.attempts:
        row.state, row.failed_at = State.FAILED, at
        trail.record(
            "message.failed", by=by, at=at, subject=row.message, thread_id=row.message.about_id,
            facts={"channel": row.channel, "code": row.error_code},
        )  # fmt: skip
    else:
        row.state, row.due_at = State.QUEUED, at + terms.wait_after(row.attempts)
    row.save(update_fields=["state", "error_code", "lease_until", "failed_at", "due_at", "round", "sent_at"])
