"""The clock of two hours until all is open and tested, for the incident room."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.centres.queries import centre_of
from nabij.incidents.clocks import Clock
from nabij.incidents.models import Incident
from nabij.openings.queries.openings import last_opening


def clocks_of_opening(incident: Incident, at: datetime) -> list[Clock]:
    """From the commission until open part, registration, desk and closed part were each tested."""
    centre = centre_of(incident)
    opening = last_opening(centre) if centre else None
    if opening is None:
        return []
    return [Clock(_("IAC open en getest"), opening.started_at, opening.target_at, opening.ready_at)]
