"""Erasing the address of a reader: the key first, so that what lies in a back-up cannot be read either."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from nabij.keys.sealing import destroy_keys
from nabij.news_readers.queries import points_of
from nabij.notify.actions import withdraw
from nabij.notify.models import Message


def erase_addresses(readers: Collection[UUID], at: datetime) -> None:
    """What still waits for these readers stays here, and nobody can read their address again."""
    withdraw(Message.objects.filter(recipient_id__in=readers).values_list("pk", flat=True), at=at)
    destroy_keys(readers, at=at)
    points_of(readers).update(is_active=False, value_sealed=b"")
