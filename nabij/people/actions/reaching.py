"""How a person is reached: phone and e-mail as contact points, safe only when the person says so."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from nabij.notify.models import Channel, ContactPoint
from nabij.people.queries.registrations import UNSAFE
from nabij.people.sealing import text_of


def points_of(person_id: UUID, answers: Mapping[str, Any], sealed: Mapping[str, bytes]) -> list[ContactPoint]:
    """The contact points that follow from the answers, the preferred one first; unsafe where so answered."""
    found = []
    if text_of(answers, "email"):
        found.append((Channel.EMAIL, sealed["email_sealed"], True))
    if text_of(answers, "phone"):
        found.append((Channel.SMS, sealed["phone_sealed"], text_of(answers, "safe_to_call") != UNSAFE))
    if text_of(answers, "preferred_way") in ("sms", "phone"):
        found.reverse()
    return [
        ContactPoint(
            subject_id=person_id, channel=channel, value_sealed=value, position=position, is_safe=is_safe
        )
        for position, (channel, value, is_safe) in enumerate(found)
    ]


def replace_points(person_id: UUID, answers: Mapping[str, Any], sealed: Mapping[str, bytes]) -> None:
    """Put the contact points of changed answers in place of the old ones, which stay, out of use."""
    ContactPoint.objects.filter(subject_id=person_id).update(is_active=False)
    ContactPoint.objects.bulk_create(points_of(person_id, answers, sealed))
