"""How far the spool is read."""

from datetime import datetime

from django.db.models import Sum

from nabij.people.models import SpoolPosition, SpoolTally


def position_of(segment: str) -> int:
    """Up to where this segment is read; 0 for one that was never seen."""
    found = SpoolPosition.objects.filter(segment=segment).values_list("offset", flat=True).first()
    return found or 0


def tally_since(at: datetime) -> dict[str, int]:
    """Receipts looked at once more since this moment, and how many had no row until then."""
    found = SpoolTally.objects.filter(at__gte=at).aggregate(receipts=Sum("receipts"), missed=Sum("missed"))
    return {name: number or 0 for name, number in found.items()}
