"""What is ready in peace time, of one's own organisation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.kit.clock import local
from nabij.openings.content import Preparedness, preparations
from nabij.openings.models import Preparation


@dataclass(frozen=True)
class Ready:
    """One thing that must be ready: since when, and until which day that counts."""

    text: Preparedness
    done_on: date | None
    until_on: date | None
    is_valid: bool


def readiness_of(actor: Actor, at: datetime) -> list[Ready]:
    """The whole list of the actor's organisation; what is too long ago does not count any more."""
    today = local(at).date()
    said = {
        row.code: row
        for row in Preparation.objects.filter(organisation_id=actor.organisation_id or UUID(int=0))
    }
    found = []
    for code, text in preparations().items():
        row = said.get(code)
        until = row.done_on + timedelta(days=text.valid_days) if row else None
        found.append(Ready(text, row.done_on if row else None, until, until is not None and until >= today))
    return found
