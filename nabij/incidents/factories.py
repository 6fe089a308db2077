"""Plain makers of incidents and requests, shared by tests and the demonstration."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nabij.accounts.factories import make_actor, make_municipality
from nabij.accounts.models import Municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.contact.doors import CallerKind, Urgency
from nabij.incidents.actions import report_incident
from nabij.incidents.facts import ReportData
from nabij.incidents.models import HelpRequest, Incident, Wanted

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)  # 03:31 in Amsterdam


def make_report(*, municipalities: tuple[Municipality, ...] = (), **fields: Any) -> ReportData:
    places = municipalities or (make_municipality(),)
    given: dict[str, Any] = {
        "topic": "EVT-13",
        "municipality_codes": tuple(each.code for each in places),
        "district": "Oost",
        "place": "Kokmeeuwstraat",
        "happened_at": datetime(2027, 1, 10, 2, 10, tzinfo=UTC),
        "urgency": Urgency.URGENT,
        "caller_kind": CallerKind.MUNICIPALITY,
        "wanted": (Wanted.RECEPTION,),
        "people": 38,
        "injured": 2,
        "homes": 6,
        "children": 7,
        "asker": "Nadia Vroom",
        "job_title": "ambtenaar van dienst",
        "call_back": "0600000001",
        **fields,
    }
    return ReportData(**given)


def make_request(
    incident: Incident | None = None, *, by: Actor | None = None, at: datetime = NIGHT, **fields: Any
) -> HelpRequest:
    places = tuple(incident.municipalities.all()) if incident else fields.pop("municipalities", ())
    by = by or make_actor(Role.DUTY_OFFICER, municipality=places[0] if places else None)
    if incident is not None:
        fields = {"add_to": incident.pk, "is_exercise": incident.is_exercise, **fields}
    return report_incident(make_report(municipalities=places, **fields), by=by, at=at)


def make_incident(*, by: Actor | None = None, at: datetime = NIGHT, **fields: Any) -> Incident:
    pk: UUID = make_request(by=by, at=at, **fields).incident_id
    return Incident.objects.get(pk=pk)
