"""Plain makers of holds, shared by tests and the demonstration."""

from datetime import datetime, timedelta
from uuid import UUID

from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.kit import clock
from nabij.privacy.actions import Placing, place_hold
from nabij.privacy.models import HoldGround, HoldOn, LegalHold
from nabij.retention.actions import Keeping, hold_case


def make_hold(case: Case, *, by: Actor, at: datetime, days: int = 30) -> LegalHold:
    last_day = clock.local(at).date() + timedelta(days=days)
    return hold_case(case, Keeping(HoldOn.PERSON, HoldGround.COURT, "Zaak 5", last_day), by=by, at=at)


def hold_on(kind: HoldOn, subject_id: UUID, *, by: Actor, at: datetime, days: int = 30) -> LegalHold:
    last_day = clock.local(at).date() + timedelta(days=days)
    return place_hold(Placing(kind, subject_id, HoldGround.CLAIM, "Zaak 6", last_day), by=by, at=at)
