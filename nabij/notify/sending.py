"""`send()`: the only way out; a message and its deliveries are rows of the caller's own transaction."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from nabij.keys.sealing import seal_all
from nabij.notify.contact_rules import next_moment, permits_channel, rule_of
from nabij.notify.kept import is_kept_inside
from nabij.notify.models import Channel, ContactPoint, Delivery, Message, Rule, State
from nabij.notify.templates import template, write

WAKE = "nabij_due"
NO_POINT = {Rule.SAFE_CONTACT: "no_safe_contact_point"}

__all__ = ["Rule", "add_contact_point", "send", "send_again", "wake_engines"]


def wake_engines() -> None:
    """Tell the engines, at the commit of this transaction, that there is work."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE}")


@transaction.atomic
def send(
    key: str,
    *,
    to: UUID,
    rule: Rule,
    exercise: bool,
    at: datetime,
    language: str = "nl",
    about_id: UUID | None = None,
    values: dict[str, str],
    points: list[ContactPoint] | None = None,
) -> Message:
    """Write a message for this recipient; nobody to reach is a visible failed row, never an exception."""
    written = write(key, language=language, exercise=exercise, values=values)
    identity = uuid4()
    message = Message.objects.create(
        id=identity,
        template=key,
        language=template(key).language(language),
        recipient_id=to,
        about_id=about_id,
        rule=rule,
        subject=written.subject,
        asks_answer=template(key).answers,
        is_exercise=exercise,
        created_at=at,
        **seal_all(identity, {"body_sealed": json.dumps(written.bodies)}),
    )
    _put_on_the_way(message, written.bodies.keys(), at, points)
    return message


@transaction.atomic
def send_again(message: Message, *, at: datetime) -> None:
    """Bring the same message to the recipient's contact points once more, as deliveries of their own."""
    channels = {delivery.channel for delivery in message.deliveries.all()} & set(Channel.values)
    _put_on_the_way(message, channels or set(Channel.values), at, None)


def _put_on_the_way(
    message: Message, channels: Collection[str], at: datetime, points: list[ContactPoint] | None
) -> None:
    found = points if points is not None else _points_for(message.recipient_id, Rule(message.rule))
    agreed = rule_of(message.recipient_id) if message.rule == Rule.SAFE_CONTACT else None
    fitting = [
        point
        for point in found
        if point.channel in channels and permits_channel(agreed, Channel(point.channel))
    ]
    if not fitting:
        code = NO_POINT.get(Rule(message.rule), "no_contact_point")
        Delivery.objects.create(message=message, state=State.FAILED, due_at=at, failed_at=at, error_code=code)
        return
    is_kept = is_kept_inside(message.about_id)
    Delivery.objects.bulk_create(
        Delivery(
            message=message,
            contact_point=point,
            channel=point.channel,
            due_at=next_moment(agreed, at + point.delay),
            state=State.KEPT if is_kept else State.QUEUED,
        )
        for point in fitting
    )
    wake_engines()


def _points_for(subject_id: UUID, rule: Rule) -> list[ContactPoint]:
    """The points that this rule allows; for safe contact only those that the person called safe."""
    points = ContactPoint.objects.filter(subject_id=subject_id, is_active=True)
    return list(points.filter(is_safe=True) if rule == Rule.SAFE_CONTACT else points)


@transaction.atomic
def add_contact_point(
    subject_id: UUID,
    channel: Channel,
    value: str,
    *,
    position: int = 0,
    delay: timedelta = timedelta(),
    is_safe: bool = False,
    is_active: bool = True,
) -> ContactPoint:
    """Add a number or address of this membership or person, sealed with their own key."""
    return ContactPoint.objects.create(
        subject_id=subject_id, channel=channel, position=position, delay=delay, is_safe=is_safe,
        is_active=is_active, **seal_all(subject_id, {"value_sealed": value}),
    )  # fmt: skip
