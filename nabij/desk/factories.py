"""Plain makers of registrations with needs, shared by tests and the demonstration."""

from datetime import datetime
from typing import Any

from nabij.audit.actor import SYSTEM
from nabij.desk.actions import make_needs
from nabij.desk.models import Need
from nabij.incidents.models import Incident
from nabij.people.factories import make_registration
from nabij.people.models import Registration


def register(incident: Incident, *, at: datetime, **answers: Any) -> Registration:
    row = make_registration(incident, at=at, **answers)
    make_needs(incident, [row], by=SYSTEM, at=at)
    return row


def make_need(incident: Incident, *, at: datetime, **answers: Any) -> Need:
    return Need.objects.get(registration=register(incident, at=at, **answers))
