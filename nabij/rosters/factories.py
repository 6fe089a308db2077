"""Plain makers of duties, shared by tests and the demonstration."""

from datetime import datetime, timedelta

from nabij.accounts.models import Membership
from nabij.rosters.models import Duty, Seat


def make_duty(
    membership: Membership,
    seat: Seat,
    *,
    starts_at: datetime,
    hours: float = 24,
    ends_at: datetime | None = None,
) -> Duty:
    return Duty.objects.create(
        membership=membership,
        seat=seat,
        team=None if seat == Seat.NATIONAL else membership.team,
        starts_at=starts_at,
        ends_at=ends_at or starts_at + timedelta(hours=hours),
    )
