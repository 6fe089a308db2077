"""The clock of two hours, for the incident room."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.centres.queries import centre_of
from nabij.incidents.clocks import Clock
from nabij.incidents.models import Incident


def clocks_of_centre(incident: Incident, at: datetime) -> list[Clock]:
    """From the commission to the centre that is live; no clock without a commission."""
    centre = centre_of(incident)
    if centre is None:
        return []
    return [Clock(_("IAC live"), centre.commission.commissioned_at, centre.target_at, centre.live_at)]
