"""How far the spool is read."""

from nabij.people.models import SpoolPosition


def position_of(segment: str) -> int:
    """Up to where this segment is read; 0 for one that was never seen."""
    found = SpoolPosition.objects.filter(segment=segment).values_list("offset", flat=True).first()
    return found or 0
