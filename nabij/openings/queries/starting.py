"""From what happened to the centre that it happened to."""

from nabij.audit.models import TrailEntry
from nabij.centres.models import AdviceCentre


def centre_of_entry(entry_id: int) -> AdviceCentre | None:
    """The centre that this line of the trail tells of; None when an exercise was wiped meanwhile."""
    subject = TrailEntry.objects.values_list("subject_id", flat=True).get(pk=entry_id)
    return AdviceCentre.objects.filter(pk=subject).first()
