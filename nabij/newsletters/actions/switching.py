"""SIS on and off: the number for relatives of people who cannot say themselves where they are."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.accounts.models import Organisation
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.actions.locking import locked_centre, membership_of, tell_readers
from nabij.centres.models import AdviceCentre
from nabij.centres.policies import can_publish
from nabij.centres.queries import commissioning_organisations
from nabij.incidents.refusals import Refused
from nabij.newsletters.content import sis_number
from nabij.newsletters.models import SisPeriod
from nabij.newsletters.policies import can_start_sis
from nabij.newsletters.queries import sis_now


@transaction.atomic
def start_sis(centre: AdviceCentre, decided_by: Organisation, *, by: Actor, at: datetime) -> SisPeriod:
    """Show the SIS number to readers, as this organisation decided; on once at a time. Source: iac §9."""
    centre = locked_centre(centre.pk)
    if not can_start_sis(by, centre, at):
        raise PermissionDenied(_("SIS zet de hoofdredacteur aan en uit."))
    if sis_now(centre) is not None:
        raise Refused(_("SIS staat al aan."))
    if not commissioning_organisations(centre.incident).filter(pk=decided_by.pk).exists():
        raise Refused(_("Deze organisatie doet niet mee aan dit IAC. Kies een andere uit de lijst."))
    period = SisPeriod.objects.create(
        centre=centre,
        number=sis_number(),
        decided_by=decided_by,
        since_at=at,
        started_by_id=membership_of(by),
    )
    trail.record("centre.sis_on", by=by, at=at, subject=centre, thread_id=centre.incident_id)
    tell_readers(centre, by=by, at=at)
    return period


@transaction.atomic
def end_sis(centre: AdviceCentre, *, by: Actor, at: datetime) -> SisPeriod:
    """Take the SIS number away; that it was there stays in the history."""
    centre = locked_centre(centre.pk)
    if not can_publish(by, centre, at):
        raise PermissionDenied(_("SIS zet de hoofdredacteur aan en uit."))
    period = sis_now(centre)
    if period is None:
        raise Refused(_("SIS staat al uit."))
    period.ended_at, period.ended_by_id = at, membership_of(by)
    period.save(update_fields=["ended_at", "ended_by"])
    trail.record("centre.sis_off", by=by, at=at, subject=centre, thread_id=centre.incident_id)
    tell_readers(centre, by=by, at=at, takes_away=True)
    return period
