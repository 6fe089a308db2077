"""The link by which a commissioner confirms what was entered for him."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from nabij.centres.models import Commission
from nabij.notify.models import Channel
from nabij.notify.sending import Rule, add_contact_point, send


def send_confirmation_link(commission: Commission, token: str, email: str, *, at: datetime) -> None:
    """Send the link to the commissioner, in this transaction; without an address it shows as failed."""
    points = [add_contact_point(commission.pk, Channel.EMAIL, email)] if email else []
    send(
        "centre_confirm_commission",
        to=commission.pk,
        rule=Rule.ORGANISATION,
        exercise=commission.incident.is_exercise,
        at=at,
        about_id=commission.incident_id,
        values={"link": settings.ENV.base_url + reverse("centres:confirm", args=[token])},
        points=points,
    )
