"""What never leaves the house: all that is told about a drill is written, shown and counted, and not sent."""

from uuid import UUID

from nabij.notify.models import KeptInside


def keep_inside(thread_id: UUID) -> None:
    """From now on no message about this thread is brought to anybody; there is no way back."""
    KeptInside.objects.get_or_create(thread_id=thread_id)


def about(thread_id: UUID | None, *, exercise: bool) -> UUID | None:
    """What a message names that otherwise names nothing: the exercise, so that a drill keeps it inside."""
    return thread_id if exercise else None


def is_kept_inside(thread_id: UUID | None) -> bool:
    """Whether messages about this thread stay in the house."""
    return thread_id is not None and KeptInside.objects.filter(thread_id=thread_id).exists()
