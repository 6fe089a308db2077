"""Plain makers of people who want the news of a centre, shared by tests, the bench and the demonstration."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from nabij.audit.actor import SYSTEM, Actor
from nabij.centres.factories import EVENING
from nabij.centres.models import AdviceCentre
from nabij.newsletters.actions import Where, decide_place
from nabij.newsletters.models import CentrePlace, Mode
from nabij.people.actions.registering import store
from nabij.people.factories import make_submission
from nabij.people.models import Registration

HALL = Where(
    "Wijkhuis De Meent", "Dorpsstraat 1, Waterdijk", (1, 2, 3, 4, 5), time(9), time(17), ("nl", "en", "ar"),
    "Bus 12, halte Dorpsstraat", True,
)  # fmt: skip


def make_reader(
    incident_id: UUID, name: str = "bo", *, at: datetime = EVENING, **answers: Any
) -> Registration:
    told = {"email": f"{name}@example.nl", "wants_newsletter": True, **answers}
    [row] = store([make_submission(incident_id, sent_at=at, **told)], by=SYSTEM, at=at, machine_at=at)
    return row


def make_place(
    centre: AdviceCentre, *, by: Actor, at: datetime = EVENING, mode: str = Mode.BOTH, **options: Any
) -> CentrePlace:
    return decide_place(centre, mode, options.get("where", HALL), "Er is veel vraag.", by=by, at=at)
