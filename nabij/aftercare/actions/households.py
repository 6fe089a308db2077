"""One contact person of the municipality for each household that cannot go home."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Membership
from nabij.aftercare.actions.holding import held_run, tell
from nabij.aftercare.actions.proving import prove
from nabij.aftercare.models import HouseholdContact, Run
from nabij.aftercare.policies import can_lead
from nabij.aftercare.queries.households import earlier_contacts
from nabij.audit.actor import Actor
from nabij.keys.sealing import seal_all

PROOF = "household_contacts"


@transaction.atomic
def name_contact(
    run: Run, label: str, contact: Membership, *, address: str = "", by: Actor, at: datetime
) -> HouseholdContact:
    """Say who of the municipality is there for this household; said again, the person changes.

    When every home that cannot be lived in has one, the step about it is done. ValidationError for somebody
    of another organisation. Source: scenario S01, number 5.
    """
    held = held_run(run.pk)
    if not can_lead(by, held, at):
        raise PermissionDenied("U kunt hier geen contactpersoon aanwijzen.")
    if contact.organisation.municipality_id != held.municipality_id:
        raise ValidationError({"contact": "Kies een collega van de gemeente."})
    row = held.households.filter(label=label).first()
    row = row or HouseholdContact(id=uuid4(), run=held, label=label)
    row.contact, row.named_at, row.named_by, row.is_from_earlier = contact, at, by.id, False
    if address:
        row.address_sealed = seal_all(row.pk, {"address_sealed": address})["address_sealed"]
    row.save()
    tell("aftercare.contact_named", held, by=by, at=at, households=held.households.count())
    homes = held.incident.homes
    if homes and held.households.count() >= homes:
        prove(held, PROOF, {"households": held.households.count()}, by=by, at=at)
    return row


def carry_contacts(run: Run, *, at: datetime) -> None:
    """A repeat starts with the same contact persons as last time, until somebody says otherwise."""
    if run.households.exists():
        return
    HouseholdContact.objects.bulk_create(
        HouseholdContact(
            run=run, label=each.label, contact=each.contact, named_at=at, named_by=None, is_from_earlier=True
        )
        for each in earlier_contacts(run, at)
    )
