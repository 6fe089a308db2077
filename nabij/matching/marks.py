"""Keys as marks: equal within one incident, which has one controller; elsewhere they say nothing."""

from collections.abc import Iterable
from uuid import UUID

from nabij.keys.blind import blind_indexes
from nabij.privacy.purposes import Purpose

BYTES = 8


def digests_of(incident_id: UUID, keys: Iterable[str]) -> list[int]:
    """The marks of these keys within this incident."""
    found = blind_indexes(f"gebeurtenis:{incident_id}", f"{Purpose.AFTERCARE}:double", sorted(keys))
    return [int.from_bytes(each[:BYTES], signed=True) for each in found]
