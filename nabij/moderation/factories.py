"""Plain makers of shifts, shared by tests and the demonstration."""

from datetime import datetime, timedelta

from nabij.accounts.models import Membership
from nabij.moderation.models import ModeratorShift
from nabij.peers.factories import NOON
from nabij.peers.models import Space


def make_shift(
    space: Space, membership: Membership, *, around: datetime = NOON, hours: int = 4
) -> ModeratorShift:
    return ModeratorShift.objects.create(
        space=space, membership=membership, starts_at=around - timedelta(hours=hours),
        ends_at=around + timedelta(hours=hours), entered_by=membership.pk,
    )  # fmt: skip
