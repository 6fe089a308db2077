"""Which registration a line of the trail tells of."""

from uuid import UUID

from nabij.audit.models import TrailEntry


def registration_told_in(entry_id: int) -> UUID | None:
    """The registration that was changed, withdrawn or placed; None for another kind of line."""
    found = TrailEntry.objects.filter(pk=entry_id, subject_kind="Registration")
    return found.values_list("subject_id", flat=True).first()
