"""`log_read()`: no log row, no page."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.audit.models import ReadEntry


def log_read(person_ids: Iterable[UUID], *, by: Actor, purpose: str, at: datetime) -> None:
    """Write one row for each person whose data this page is about to show, in one insert."""
    ReadEntry.objects.bulk_create(
        ReadEntry(
            at=at,
            person_id=person_id,
            actor_kind=by.kind,
            actor_id=by.id,
            organisation_id=by.organisation_id,
            role=by.role,
            purpose=purpose,
        )
        for person_id in dict.fromkeys(person_ids)
    )
