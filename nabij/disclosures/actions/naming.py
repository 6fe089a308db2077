"""Who may collect an export is named, person by person."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.disclosures.models import NamedReceiver
from nabij.disclosures.policies import can_disclose, fits
from nabij.disclosures.queries import member_with
from nabij.incidents.models import Incident
from nabij.people.models import Receiver

LEADS_ONLY = "Wie mag ophalen, wijst de leider registratie aan."


@transaction.atomic
def name_receiver(
    incident: Incident, receiver: Receiver, email: str, *, by: Actor, at: datetime
) -> NamedReceiver:
    """Name a colleague of this receiver; ValidationError when nobody there has this address."""
    if not can_disclose(by, incident, at) or by.id is None:
        raise PermissionDenied(LEADS_ONLY)
    found = next((each for each in member_with(email, at) if fits(each, incident, receiver)), None)
    if found is None:
        raise ValidationError({"email": _("Wij kennen niemand met dit adres bij deze ontvanger.")})
    row, is_new = NamedReceiver.objects.get_or_create(
        incident=incident, receiver=receiver, membership=found, ended_at=None,
        defaults={"named_at": at, "named_by": by.id},
    )  # fmt: skip
    if is_new:
        _tell("disclosure.named", row, by, at)
    return row


@transaction.atomic
def end_name(named: NamedReceiver, *, by: Actor, at: datetime) -> None:
    """This colleague collects nothing any more; what they hold they must still delete when asked."""
    if not can_disclose(by, named.incident, at):
        raise PermissionDenied(LEADS_ONLY)
    if NamedReceiver.objects.filter(pk=named.pk, ended_at__isnull=True).update(ended_at=at):
        _tell("disclosure.name_ended", named, by, at)


def _tell(verb: str, row: NamedReceiver, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"membership": str(row.membership_id), "receiver": row.receiver}
    trail.record(verb, by=by, at=at, subject=row, thread_id=row.incident_id, facts=facts)
