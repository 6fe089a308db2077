"""What is past its term: rounds, with their doors, notes and what was never opened."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from nabij.audit.actor import Actor
from nabij.doors.models import Round, RoundKey
from nabij.keys.sealing import destroy_keys
from nabij.privacy.removal import Held


def old_rounds(before: datetime) -> QuerySet[Round]:
    """Rounds that closed before this moment; one that nobody closed, from when it was to end."""
    return Round.objects.filter(Q(closed_at__lt=before) | Q(closed_at__isnull=True, ends_at__lt=before))


def about_rounds(held: Held) -> Q:
    """Rounds of an event that is held."""
    return Q(incident_id__in=held.incidents)


def remove_rounds(rows: QuerySet[Any], *, by: Actor, at: datetime) -> None:
    """The keys first, then the doors with everything that was told of them; figures went to the aftercare."""
    destroy_keys(RoundKey.objects.filter(round__in=rows).values_list("pk", flat=True), at=at)
    rows.delete()
