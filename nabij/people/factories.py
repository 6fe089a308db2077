"""Plain makers of submissions and registrations, shared by tests and the demonstration."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client

from nabij.audit.actor import SYSTEM
from nabij.incidents.factories import make_incident
from nabij.incidents.models import Incident
from nabij.people import content
from nabij.people.actions.registering import store
from nabij.people.models import Receiver, Registration
from nabij.people.submissions import Submission
from nabij.people.visit import COOKIE, remember

MORNING = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)


def make_answers(*, yes_to: tuple[str, ...] = (), **answers: Any) -> dict[str, Any]:
    consents = {
        receiver: {"given": receiver in yes_to, "version": content.consent(receiver, "nl")[2]}
        for receiver in Receiver.values
    }
    return {
        "relation": "resident", "name": "Mirjam Zandstra", "phone": "+31600000042",
        "email": "mirjam@example.nl",
        "preferred_way": "", "preferred_time": "", "safe_to_call": "", "language": "nl", "aids": [],
        "age_group": "18-64", "guardian": "", "municipality": "Heidebeek", "zone": "", "household": "",
        "needs": ["talk"], "urgent": "no", "wants_closed_part": False, "wants_newsletter": False,
        "consents": consents, **answers,
    }  # fmt: skip


def make_submission(
    incident_id: UUID, *, form_key: UUID | None = None, sent_at: datetime = MORNING, **answers: Any
) -> Submission:
    return Submission(
        form_key or uuid4(), incident_id, "nl", content.version(), sent_at, make_answers(**answers)
    )


def make_registration(
    incident: Incident | None = None, *, at: datetime = MORNING, form_key: UUID | None = None, **answers: Any
) -> Registration:
    incident_id = (incident or make_incident()).pk
    submission = make_submission(incident_id, form_key=form_key, sent_at=at, **answers)
    [registration] = store([submission], by=SYSTEM, at=at, machine_at=at)
    return registration


def enter_own_pages(client: Client, person_id: UUID) -> None:
    """Let this person in on the own pages, as a right code does."""
    client.cookies[COOKIE] = remember(HttpResponse(), person_id).cookies[COOKIE].value
