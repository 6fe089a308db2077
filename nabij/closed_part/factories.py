"""Plain makers of a centre with a closed part and of people in it, shared by tests and the demonstration."""

from datetime import UTC, datetime, timedelta
from typing import Any

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.factories import make_centre
from nabij.centres.models import AdviceCentre, CentreStatus
from nabij.closed_part.actions.entering import accept_rules
from nabij.closed_part.actions.verifying import Found, verify_by_call
from nabij.closed_part.content import rules_version
from nabij.closed_part.models import Verification
from nabij.incidents.models import Incident
from nabij.people.factories import make_registration
from nabij.people.models import Registration

EVENING = datetime(2027, 5, 15, 20, 19, tzinfo=UTC)  # 22:19 in Amsterdam, live after 98 minutes (S05)


def make_closed_centre(
    incident: Incident | None = None, *, at: datetime = EVENING, **fields: Any
) -> AdviceCentre:
    """Live at once, without going through its texts; for a whole one see `make_live_centre`."""
    centre = make_centre(incident, at=at - timedelta(minutes=98), wants_closed_part=True, **fields)
    centre.status, centre.live_at, centre.live_by = CentreStatus.LIVE, at, centre.commission.entered_by
    centre.save()
    return centre


def make_asker(centre: AdviceCentre, *, at: datetime = EVENING, **answers: Any) -> Registration:
    return make_registration(centre.incident, at=at, **{"wants_closed_part": True, **answers})


def person_of(registration: Registration) -> Actor:
    return Actor(ActorKind.HELPED_PERSON, id=registration.person_id)


def make_insider(
    centre: AdviceCentre,
    *,
    relation: str = "residents",
    at: datetime = EVENING,
    by: Actor | None = None,
    accepts: bool = True,
    **answers: Any,
) -> Verification:
    row = make_asker(centre, at=at, **answers)
    found = Found(relation, "older", guardian_says_yes=True, asked=("name",))
    verification = verify_by_call(row, found, by=by or make_actor(Role.IAC_REGISTRAR), at=at)
    if accepts:
        accept_rules(verification, rules_version(), by=person_of(row), at=at)
        verification.refresh_from_db()
    return verification
