"""Reading the trail back."""

from uuid import UUID

from django.db.models import Max, QuerySet

from nabij.audit.models import TrailEntry


def entries_of(thread_id: UUID) -> QuerySet[TrailEntry]:
    """Everything that happened in this thread (an incident), oldest first."""
    return TrailEntry.objects.filter(thread_id=thread_id).order_by("id")


def last_entry_id(thread_id: UUID) -> int:
    """The number of the newest entry of this thread: a cheap "has anything changed since?"."""
    newest = TrailEntry.objects.filter(thread_id=thread_id).aggregate(newest=Max("id"))["newest"]
    return int(newest or 0)
