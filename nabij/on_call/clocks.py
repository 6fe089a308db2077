"""The clocks of help: acknowledged within ten minutes, and arrival where a norm is agreed."""

from datetime import datetime

from django.utils.translation import gettext as _

from nabij.incidents.clocks import Clock
from nabij.incidents.models import HelpRequest, Incident
from nabij.on_call.models import Deployment
from nabij.on_call.queries import threads_of
from nabij.on_call.rules import norms


def clocks_of_help(incident: Incident, at: datetime) -> list[Clock]:
    """From the first request for which somebody was paged to the first yes and the first arrival."""
    asked_at = (
        HelpRequest.objects.filter(incident=incident, help_answer__page__isnull=False)
        .order_by("help_answer__page__started_at")
        .values_list("help_answer__page__started_at", flat=True)
        .first()
    )
    if asked_at is None:
        return []
    stamps = list(
        Deployment.objects.filter(incident__in=threads_of(incident)).values_list("coming_at", "on_site_at")
    )
    accepted_at = min((coming for coming, _on_site in stamps), default=None)
    found = [
        Clock(
            _("Bevestigd binnen %(minutes)s minuten") % {"minutes": norms().acknowledge_minutes},
            asked_at,
            asked_at + norms().acknowledge,
            accepted_at,
        )
    ]
    on_site = norms().on_site
    if on_site is not None:
        arrived_at = min((moment for _coming, moment in stamps if moment), default=None)
        found.append(Clock(_("Aankomst"), asked_at, asked_at + on_site, arrived_at))
    return found
