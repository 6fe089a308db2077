"""What never leaves the house: all that is told about a drill is written, shown and counted, and not sent."""

from uuid import UUID

from nabij.notify.models import KeptInside


def keep_inside(thread_id: UUID) -> None:
    """From now on no message about this thread is brought to anybody; there is no way back."""
    KeptInside.objects.get_or_create(thread_id=thread_id)


def is_kept_inside(thread_id: UUID | None) -> bool:
    """Whether messages about this thread stay in the house."""
    return thread_id is not None and KeptInside.objects.filter(thread_id=thread_id).exists()
