"""How long care for colleagues is kept: contacts that were done, and rest that is over."""

from datetime import datetime

from django.db.models import QuerySet

from nabij.care.models import CareContact, Rest


def done_contacts(before: datetime) -> QuerySet[CareContact]:
    """Contacts that were done before this moment; what was not done stays until somebody does it."""
    return CareContact.objects.filter(done_at__lt=before)


def ended_rest(before: datetime) -> QuerySet[Rest]:
    """Rest that was over before this moment."""
    return Rest.objects.filter(ends_at__lt=before)
