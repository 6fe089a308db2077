"""How long letters and their addresses are kept."""

from datetime import datetime

from django.db.models import QuerySet

from nabij.flyers.models import LetterJob


def old_letters(before: datetime) -> QuerySet[LetterJob]:
    """Jobs of letters that were asked before this moment."""
    return LetterJob.objects.filter(asked_at__lt=before)
