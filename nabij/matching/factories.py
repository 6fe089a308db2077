"""Plain makers of registrations with keys, shared by tests and the demonstration."""

from datetime import datetime
from typing import Any

from nabij.audit.actor import SYSTEM
from nabij.incidents.models import Incident
from nabij.matching.actions.keying import fill_keys
from nabij.people.factories import MORNING, make_registration
from nabij.people.models import Registration


def make_registered(incident: Incident, *, at: datetime = MORNING, **answers: Any) -> Registration:
    registration = make_registration(incident, at=at, **answers)
    fill_keys(by=SYSTEM, at=at)
    return registration
