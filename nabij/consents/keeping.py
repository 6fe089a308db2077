"""How long answers to "may we share this?" are kept, and what was shared."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from nabij.consents.models import Share, SharingConsent
from nabij.kit.clock import local


def ended_consents(before: datetime) -> QuerySet[SharingConsent]:
    """Answers that were over before this moment, and under which nothing was shared until later."""
    day = local(before).date()
    over = Q(withdrawn_at__lt=before) | Q(withdrawn_at__isnull=True, last_valid_on__lt=day)
    refused = Q(is_given=False, withdrawn_at__isnull=True, answered_at__lt=before)
    later = Share.objects.filter(consent_id=OuterRef("pk")).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=before)
    )
    return SharingConsent.objects.filter(over | refused).exclude(Exists(later))


def ended_shares(before: datetime) -> QuerySet[Share]:
    """What was shared with somebody until before this moment."""
    return Share.objects.filter(ended_at__lt=before)
