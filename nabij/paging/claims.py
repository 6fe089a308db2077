"""Taking due moments in hand: a short transaction, with a lease that runs out when an engine dies."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nabij.paging.ladders import lease
from nabij.paging.models import DueMoment


@transaction.atomic
def claim_moments(most: int, *, taken_by: str, at: datetime) -> list[UUID]:
    """Take up to `most` due moments in hand; rows that another engine holds are passed over."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at) | Q(lease_until__gt=at + 3 * lease())
    due = DueMoment.objects.waiting().filter(free, due_at__lte=at).order_by("due_at", "id")
    rows = list(due.select_for_update(skip_locked=True, of=("self",))[:most])
    DueMoment.objects.filter(pk__in=[row.pk for row in rows]).update(
        lease_until=at + lease(), taken_by=taken_by
    )
    return [row.pk for row in rows]
