"""The mark of an address within one event: that which registrations have, so nobody is mailed twice."""

from nabij.centres.models import AdviceCentre
from nabij.people.marks import marks_of


def mark_of(centre: AdviceCentre, email: str) -> bytes:
    """The mark of this address, in normal form, at this centre; of no use at another."""
    within = f"gebeurtenis:{centre.incident_id}"
    found = marks_of(centre.pk, centre.incident_id, {"email": email})
    return bytes(next(mark.digest for mark in found if mark.controller == within))
