"""The one place where a round tells that its door list is there."""

from datetime import datetime

from nabij.aftercare.actions.proving import tell_proof
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.doors.content import number_of
from nabij.doors.models import Round
from nabij.doors.queries import Sums

KIND = "door_list"


def numbers_of(sums: Sums) -> dict[str, int]:
    """What a door list proves: numbers, never an address; of few wishes only that there are some (1)."""
    wishes = sums.wishes if sums.wishes >= number_of("hidden_below") else min(sums.wishes, 1)
    return {"doors": sums.doors, **sums.numbers, "flyers": sums.flyers, "wishes": wishes}


def tell_door_list(found: Round, sums: Sums, *, by: Actor, at: datetime) -> None:
    """The door list of this round is complete; the steps that ask for it follow."""
    numbers = numbers_of(sums)
    tell_proof(found.incident_id, KIND, numbers, by=by, at=at)
    facts: dict[str, trail.Fact] = {**numbers}
    trail.record("doors.listed", by=by, at=at, subject=found, thread_id=found.incident_id, facts=facts)
