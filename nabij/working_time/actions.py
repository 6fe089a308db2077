"""Writing down work because of a call."""

from datetime import datetime
from uuid import UUID

from nabij.accounts.models import Membership
from nabij.audit.actor import Actor
from nabij.working_time.models import CallWork


def record_work(
    membership: Membership,
    *,
    source_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody went out from then till then; told again it is the same work with its latest times."""
    CallWork.objects.update_or_create(
        source_id=source_id,
        defaults={"membership": membership, "starts_at": starts_at, "ends_at": max(starts_at, ends_at)},
    )
