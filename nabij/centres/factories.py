"""Plain makers of commissions, centres and texts, shared by tests and the demonstration."""

from datetime import UTC, datetime, timedelta
from typing import Any

from nabij.accounts.factories import make_actor, make_organisation
from nabij.accounts.models import OrganisationKind
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.centres.actions import (
    CommissionData,
    approve_texts,
    approve_version,
    commission_centre,
    enter_spoken_commission,
    go_live,
    write_message,
)
from nabij.centres.models import AdviceCentre
from nabij.centres.policies import needs_reader
from nabij.centres.queries import text_states
from nabij.centres.questions import findings
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident

EVENING = datetime(2027, 5, 15, 18, 41, tzinfo=UTC)  # Saturday 20:41 in Amsterdam (S05)


def make_order(**fields: Any) -> CommissionData:
    given: dict[str, Any] = {
        "organisation": make_organisation(OrganisationKind.MUNICIPALITY),
        "commissioner": "Marit Schouten, burgemeester",
        "controller": "Gemeente Heidebeek",
        "spokesman": "Owen Baas, 0600000002",
        "name": "Brand Kokmeeuwstraat",
        "area": "Heidebeek, wijk Oost",
        "audiences": ("residents", "bereaved"),
        "email": "opdrachtgever@example.nl",
        **fields,
    }
    return CommissionData(**given)


def make_centre(
    incident: Incident | None = None, *, by: Actor | None = None, at: datetime = EVENING, **fields: Any
) -> AdviceCentre:
    incident = incident or make_incident(at=at - timedelta(minutes=30))
    return commission_centre(incident, make_order(**fields), by=by or make_actor(Role.DUTY_OFFICER), at=at)


def make_spoken_centre(
    commissioned_at: datetime, *, by: Actor | None = None, at: datetime, **fields: Any
) -> AdviceCentre:
    incident = make_incident(at=commissioned_at)
    by = by or make_actor(Role.ON_CALL_COORDINATOR)
    return enter_spoken_commission(
        incident, make_order(**fields), commissioned_at=commissioned_at, by=by, at=at
    )


def approve_everything(centre: AdviceCentre, *, by: Actor | None = None, at: datetime = EVENING) -> None:
    """As a chief who knows that every question of the word check is in order."""
    chief = by or make_actor(Role.IAC_CHIEF)
    waiting = [version for state in text_states(centre) for version in state.proposals]
    ready = [each for each in waiting if each.author_id is None and not needs_reader(each)]
    approve_texts(centre, ready, by=chief, at=at)
    for version in [each for each in waiting if each.author_id is not None]:
        reasons = {finding.key: "bevestigd door de bron" for finding in findings(version)}
        approve_version(version, reasons=reasons, by=chief, at=at)


def make_news(
    centre: AdviceCentre, body: str = "Het vuur is uit.", english: str = "", *, at: datetime = EVENING
) -> None:
    editor = make_actor(Role.IAC_EDITOR)
    bodies = {"nl": body, "en": english}
    write_message(centre, bodies, stated_at=at, source="brandweer", by=editor, at=at)
    approve_everything(centre, at=at)


def make_live_centre(
    incident: Incident | None = None, *, at: datetime = EVENING, **fields: Any
) -> AdviceCentre:
    centre = make_centre(incident, at=at - timedelta(minutes=98), **fields)
    chief = make_actor(Role.IAC_CHIEF)
    approve_everything(centre, by=chief, at=at)
    return go_live(centre, by=chief, at=at)
