"""Plain makers of contact points and messages, shared by tests and the demonstration."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from nabij.notify.models import Channel, ContactPoint, Message, Rule
from nabij.notify.sending import add_contact_point, send

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)


def make_contact_point(
    subject_id: UUID, channel: Channel = Channel.SMS, value: str = "0600000001", *, seconds: int = 0
) -> ContactPoint:
    return add_contact_point(subject_id, channel, value, delay=timedelta(seconds=seconds))


def make_message(
    to: UUID | None = None, *, channel: Channel = Channel.SMS, value: str = "0600000001", at: datetime = NIGHT
) -> Message:
    recipient = to or uuid4()
    points = [make_contact_point(recipient, channel, value)]
    return send(
        "test_message", to=recipient, rule=Rule.STAFF_DUTY, exercise=False, at=at, values={}, points=points
    )
