"""The leaders of the registrars hear of what happened at the door."""

from datetime import datetime

from nabij.closed_part.models import Verification
from nabij.closed_part.queries.door import leaders_at
from nabij.notify.kept import about
from nabij.notify.sending import Rule, send


def tell_leaders(held: Verification, template: str, at: datetime) -> None:
    """The leaders of the registrars hear at once that something happened, never to whom."""
    incident = held.registration.incident
    is_exercise = bool(incident and incident.is_exercise)
    for membership_id in leaders_at(incident, at):
        send(
            template, to=membership_id, rule=Rule.STAFF_DUTY, exercise=is_exercise, at=at, values={},
            about_id=about(held.registration.incident_id, exercise=is_exercise),
        )  # fmt: skip
