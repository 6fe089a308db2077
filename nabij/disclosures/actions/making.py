"""An export by consent is made, and made again when a consent changes."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.disclosures.actions.withdrawing import ask_to_delete
from nabij.disclosures.models import DisclosedLine, Disclosure
from nabij.disclosures.policies import can_disclose
from nabij.disclosures.queries import as_bytes, consenting, reached_otherwise, rows_in, told_of
from nabij.incidents.models import Incident
from nabij.keys.sealing import destroy_key, seal_bytes
from nabij.people.models import Receiver


@transaction.atomic
def disclose(incident: Incident, receiver: Receiver, *, by: Actor, at: datetime) -> Disclosure:
    """Everybody who says yes to this receiver now, and only they (S05-7); when nothing changed, what holds.

    The one before can be read by nobody any more; who collected a line that is gone, or a number that may be
    used no more, is asked to delete it.
    """
    if not can_disclose(by, incident, at):
        raise PermissionDenied("Verstrekkingen maakt de leider registratie.")
    Incident.objects.select_for_update().get(pk=incident.pk)  # one at a time
    made = Disclosure.objects.filter(incident=incident, receiver=receiver)
    old = made.select_for_update().filter(replaced_at__isnull=True).first()  # nobody collects it meanwhile
    registrations = consenting(incident, receiver)
    told = told_of(registrations, receiver)
    usable = {row.pk for row in registrations} - reached_otherwise(old, told)
    ask_to_delete(incident, receiver, usable, by=by, at=at)
    if old is not None and rows_in(old) == told:
        return old
    last = made.aggregate(last=Max("number"))["last"] or 0
    if old is not None:
        _replace(old, at)
    pk = uuid4()
    fresh = Disclosure.objects.create(
        id=pk, incident=incident, receiver=receiver, number=last + 1, count=len(told),
        rows_sealed=seal_bytes(pk, as_bytes(told)), made_at=at, made_by=by.id,
    )  # fmt: skip
    DisclosedLine.objects.bulk_create(
        DisclosedLine(disclosure=fresh, registration_id=row.pk, reference=row.reference)
        for row in registrations
    )
    facts: dict[str, trail.Fact] = {"receiver": str(receiver), "count": len(told), "number": fresh.number}
    trail.record("disclosure.made", by=by, at=at, subject=fresh, thread_id=incident.pk, facts=facts)
    return fresh


def _replace(old: Disclosure, at: datetime) -> None:
    old.rows_sealed, old.replaced_at = b"", at
    old.save(update_fields=["rows_sealed", "replaced_at"])
    destroy_key(old.pk, at=at)


def follow_consent(incident: Incident, *, by: Actor, at: datetime) -> int:
    """Somebody changed what may be shared: exports that hold are made again, and what left is asked back."""
    number = 0
    for receiver in Receiver:
        made = Disclosure.objects.filter(incident=incident, receiver=receiver)
        if made.filter(replaced_at__isnull=True).exists():
            disclose(incident, receiver, by=by, at=at)
            number += 1
        elif made.exists():
            with transaction.atomic():
                now = {row.pk for row in consenting(incident, receiver)}
                ask_to_delete(incident, receiver, now, by=by, at=at)
    return number
