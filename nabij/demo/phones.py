"""Phones and mailboxes of the made-up staff, and the names on the simulated phones."""

import json
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from nabij.accounts.models import Membership
from nabij.accounts.roles import PERMISSIONS, Permission, Role
from nabij.keys.sealing import seal
from nabij.notify.models import Channel, ContactPoint

CALL_AFTER = timedelta(minutes=2)


@transaction.atomic
def give_phones() -> int:
    """A number and a mailbox for everybody who has none yet: text first, a call after two minutes, mail."""
    people = Membership.objects.select_related("user").order_by("user__email")
    have = set(ContactPoint.objects.values_list("subject_id", flat=True))
    cards: dict[str, str] = {}
    points: list[ContactPoint] = []
    for number, membership in enumerate(people, start=1):
        phone, label = f"+316{number:08d}", f"{membership.user.name}, {membership.get_role_display()}"
        cards[phone] = cards[membership.user.email] = label
        if membership.pk not in have:
            points.extend(_points(membership, phone))
    ContactPoint.objects.bulk_create(points)
    folder = settings.ENV.data_dir / "gateway"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "names.json").write_text(json.dumps(cards, ensure_ascii=False), encoding="utf-8")
    return len(points)


def _points(membership: Membership, phone: str) -> list[ContactPoint]:
    """Who can be paged gets a text, then a call; everybody has a mailbox."""
    ways = [(Channel.EMAIL, membership.user.email, timedelta())]
    if Permission.BE_PAGED in PERMISSIONS[Role(membership.role)]:
        ways = [(Channel.SMS, phone, timedelta()), (Channel.VOICE, phone, CALL_AFTER), *ways]
    return [
        ContactPoint(
            subject_id=membership.pk,
            channel=channel,
            value_sealed=seal(membership.pk, value),
            position=position,
            delay=delay,
            is_safe=True,
        )
        for position, (channel, value, delay) in enumerate(ways)
    ]
