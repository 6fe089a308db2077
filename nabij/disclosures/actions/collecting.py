"""Somebody collects an export: every copy has its own number, and every person in it is logged as read."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.audit.reading import log_read
from nabij.disclosures.models import Copy, Disclosure
from nabij.disclosures.policies import visible_to
from nabij.disclosures.queries import holds_still, rows_in
from nabij.privacy.purposes import Purpose


@transaction.atomic
def collect(disclosure: Disclosure, form: str, *, by: Actor, at: datetime) -> Copy:
    """Write down who collects it, before the file is made.

    ValidationError when a newer one replaced it, or when somebody in it took their yes back a moment ago.
    """
    held = Disclosure.objects.select_for_update(of=("self",)).filter(visible_to(by, at), pk=disclosure.pk)
    row = held.first()
    if row is None or by.id is None:
        raise PermissionDenied("Deze verstrekking is niet voor u.")
    if row.replaced_at is not None:
        raise ValidationError(_("Er is een nieuwere versie. Haal die op."))
    if not holds_still(row):
        raise ValidationError(_("De gegevens veranderden net. Probeer het over een minuut opnieuw."))
    people = [UUID(each.person_id) for each in rows_in(row)]
    log_read(people, by=by, purpose=Purpose.AFTERCARE, at=at)
    number = (row.copies.aggregate(last=Max("number"))["last"] or 0) + 1
    copy = Copy.objects.create(disclosure=row, number=number, form=form, membership_id=by.id, collected_at=at)
    facts: dict[str, trail.Fact] = {"receiver": row.receiver, "count": row.count, "copy": number}
    trail.record("disclosure.collected", by=by, at=at, subject=row, thread_id=row.incident_id, facts=facts)
    return copy
