"""Who hears of a wave: staff when it begins, neighbours in words without an address."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.campaigns.models import Wave
from nabij.campaigns.policies import can_lead
from nabij.cases.addresses import POSTCODE
from nabij.flyers.forbidden import house_numbers, names
from nabij.notify.sending import Rule, send
from nabij.on_call.words import message_values


def refuse_address(field: str, text: str) -> None:
    """ValidationError under this field for a house number or a postcode in it; it is not repeated."""
    if house_numbers(text) or POSTCODE.search(text.lower()):
        raise ValidationError({field: _("Hier staat een adres in. Haal dat weg.")})


@transaction.atomic
def tell_neighbours(wave: Wave, text: str, *, by: Actor, at: datetime) -> str:
    """The message for a neighbours' app, fit to be copied; Nabij sends it nowhere. Source: BUR-08.

    ValidationError for an address or a name in it.
    """
    held = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied("Dit bericht schrijft de gemeente.")
    refuse_address("text", text)
    # many a neighbourhood is called after somebody: its own name is no name of a resident
    if names(text.replace(held.area, "")):
        raise ValidationError({"text": _("Hier staat een naam in. Haal die weg.")})
    trail.record("wave.neighbours_told", by=by, at=at, subject=held, thread_id=held.incident_id)
    return text.strip()


def tell_opened(wave: Wave, *, by: Actor, at: datetime) -> None:
    """The duty officers of the municipality and the team leaders of the area hear that a wave began."""
    officers = Q(role=Role.DUTY_OFFICER, organisation__municipality_id=wave.municipality_id)
    leaders = Q(role=Role.TEAM_LEADER, team__safety_regions=wave.municipality.safety_region_id)
    link = f"{settings.ENV.base_url}{reverse('campaigns:wave', args=[wave.pk])}"
    known = Membership.objects.current(at).filter(officers | leaders).order_by("pk").distinct()
    for membership_id in known.values_list("pk", flat=True):
        send(
            "wave_opened", to=membership_id, rule=Rule.STAFF_DUTY, exercise=wave.incident.is_exercise, at=at,
            about_id=wave.incident_id, values={**message_values(wave.incident), "link": link},
        )  # fmt: skip
