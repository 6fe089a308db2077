"""How long work because of a call is kept."""

from datetime import datetime

from django.db.models import QuerySet

from nabij.working_time.models import CallWork


def ended_calls(before: datetime) -> QuerySet[CallWork]:
    """Work because of a call that was done before this moment."""
    return CallWork.objects.filter(ends_at__lt=before)
