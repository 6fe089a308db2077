"""`send()`: the only way out; a message and its deliveries are rows of the caller's own transaction."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from nabij.keys.sealing import Sealer, seal_all
from nabij.notify.contact_rules import next_moment, permits_channel, rule_of, rules_of
from nabij.notify.kept import is_kept_inside
from nabij.notify.models import Channel, ContactPoint, Delivery, Message, Rule, State
from nabij.notify.templates import template, write

WAKE = "nabij_due"
NO_POINT = {Rule.SAFE_CONTACT: "no_safe_contact_point"}

STOP = "stop"  # beside the texts of a message: the address at which its reader ends such mails

__all__ = ["Letter", "Rule", "add_contact_point", "send", "send_again", "send_mails", "wake_engines"]


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


@dataclass(frozen=True)
class Letter:
    """What one recipient of a mail to many gets: the values, and the address that ends such mails."""

    to: UUID
    language: str
    values: Mapping[str, str]
    stop_url: str


@transaction.atomic
def send_mails(
    key: str, letters: Sequence[Letter], *, rule: Rule, exercise: bool, at: datetime, about_id: UUID
) -> dict[UUID, Message]:
    """The same mail to many, each with a key of its own, in a fixed number of queries; by recipient.

    Only to the first e-mail address that the rule allows; nobody to reach is a visible failed row.
    """
    whose = [letter.to for letter in letters]
    is_safe = {"is_safe": True} if rule == Rule.SAFE_CONTACT else {}
    agreed = rules_of(whose) if rule == Rule.SAFE_CONTACT else {}
    rows = ContactPoint.objects.filter(
        subject_id__in=whose, is_active=True, channel=Channel.EMAIL, **is_safe
    ).order_by("-position", "-id")
    points = {
        row.subject_id: row for row in rows if permits_channel(agreed.get(row.subject_id), Channel.EMAIL)
    }
    identities = {letter.to: uuid4() for letter in letters}
    sealer = Sealer(identities.values())
    messages = {
        letter.to: _mail(key, letter, identities[letter.to], sealer, rule, exercise, at, about_id)
        for letter in letters
    }
    Message.objects.bulk_create(messages.values())
    is_kept = is_kept_inside(about_id)
    Delivery.objects.bulk_create(
        _mail_on_its_way(message, points.get(to), next_moment(agreed.get(to), at), at, is_kept=is_kept)
        for to, message in messages.items()
    )
    wake_engines()
    return messages


def _mail(
    key: str,
    letter: Letter,
    identity: UUID,
    sealer: Sealer,
    rule: Rule,
    exercise: bool,
    at: datetime,
    about_id: UUID,
) -> Message:
    written = write(key, language=letter.language, exercise=exercise, values=dict(letter.values))
    bodies = {Channel.EMAIL.value: written.bodies[Channel.EMAIL], STOP: letter.stop_url}
    return Message(
        id=identity, template=key, language=template(key).language(letter.language), recipient_id=letter.to,
        about_id=about_id, rule=rule, subject=written.subject, asks_answer=template(key).answers,
        is_exercise=exercise, created_at=at, **sealer.seal_all(identity, {"body_sealed": json.dumps(bodies)}),
    )  # fmt: skip


def _mail_on_its_way(
    message: Message, point: ContactPoint | None, due_at: datetime, at: datetime, *, is_kept: bool
) -> Delivery:
    if point is None:
        code = NO_POINT.get(Rule(message.rule), "no_contact_point")
        return Delivery(message=message, state=State.FAILED, due_at=at, failed_at=at, error_code=code)
    state = State.KEPT if is_kept else State.QUEUED
    return Delivery(message=message, contact_point=point, channel=point.channel, due_at=due_at, state=state)


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
