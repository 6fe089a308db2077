"""How long the officer's reason is kept; that somebody asked, and what came of it, stays."""

from datetime import datetime

from django.db.models import QuerySet

from nabij.audit.actor import Actor
from nabij.inquiries.models import Inquiry
from nabij.keys.sealing import destroy_keys
from nabij.privacy.removal import with_living_key


def old_inquiries(before: datetime) -> QuerySet[Inquiry]:
    """Questions answered before this moment of which the reason can still be read."""
    rows: QuerySet[Inquiry] = with_living_key(Inquiry.objects.filter(settled_at__lt=before))
    return rows


def silence_inquiries(rows: QuerySet[Inquiry], *, by: Actor, at: datetime) -> None:
    """The key of the reason goes; the figures stay."""
    destroy_keys(rows.values_list("pk", flat=True), at=at)
