"""Who took their yes back must leave every copy: who collected one is asked, until they confirm."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.disclosures import content
from nabij.disclosures.models import Copy, DisclosedLine, Withdrawal
from nabij.disclosures.policies import can_confirm
from nabij.incidents.models import Incident
from nabij.notify.sending import Rule, send


def ask_to_delete(
    incident: Incident, receiver: str, consenting: Collection[UUID], *, by: Actor, at: datetime
) -> int:
    """Each who collected lines of people who no longer say yes is asked once per copy; says how many were."""
    gone = DisclosedLine.objects.filter(disclosure__incident=incident, disclosure__receiver=receiver)
    gone = gone.exclude(registration_id__in=consenting).filter(disclosure__copies__isnull=False)
    references = dict(gone.values_list("registration_id", "reference"))
    if not references:
        return 0
    held: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)  # who got which line last, and when
    copies = Copy.objects.filter(disclosure__incident=incident, disclosure__receiver=receiver)
    found = copies.filter(disclosure__lines__registration_id__in=references).order_by("collected_at")
    for whose, line, when in found.values_list(
        "membership_id", "disclosure__lines__registration_id", "collected_at"
    ):
        held[whose][line] = when
    for asked in Withdrawal.objects.filter(incident=incident, receiver=receiver):
        for line in asked.registrations:
            if held[asked.membership_id].get(line, at) <= asked.told_at:
                held[asked.membership_id].pop(line, None)
    asking = {whose: sorted(lines, key=str) for whose, lines in held.items() if lines}
    for whose, lines in asking.items():
        row = Withdrawal.objects.create(
            incident=incident, receiver=receiver, membership_id=whose, registrations=lines,
            references=sorted(references[line] for line in lines), told_at=at, reminded_at=at,
        )  # fmt: skip
        _send(row, at)
        _tell("disclosure.deletion_asked", row, by, at)
    return len(asking)


def _send(row: Withdrawal, at: datetime) -> None:
    link = f"{settings.ENV.base_url}{reverse('disclosures:withdrawal', args=[row.pk])}"
    values = {"reference": row.incident.reference, "number": str(len(row.registrations)), "link": link}
    send(
        "disclosure_withdrawn", to=row.membership_id, rule=Rule.STAFF_DUTY,
        exercise=row.incident.is_exercise, at=at, about_id=row.incident_id, values=values,
    )  # fmt: skip


@transaction.atomic
def remind(*, by: Actor, at: datetime) -> int:
    """Whoever has not confirmed is asked again, every so many days; says how many were."""
    late = Withdrawal.objects.filter(
        confirmed_at__isnull=True, reminded_at__lte=at - content.remind_after()
    ).select_for_update(of=("self",), skip_locked=True)
    rows = list(late.select_related("incident").order_by("reminded_at", "pk"))
    for row in rows:
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        _send(row, at)
        _tell("disclosure.reminded", row, by, at)
    return len(rows)


@transaction.atomic
def confirm_deletion(withdrawal: Withdrawal, *, by: Actor, at: datetime) -> Withdrawal:
    """The receiver deleted the lines; said twice it stays as it was said first."""
    if not can_confirm(by, withdrawal, at):
        raise PermissionDenied("Dit bericht is niet voor u.")
    row = Withdrawal.objects.select_for_update(of=("self",)).get(pk=withdrawal.pk)
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by = at, by.id
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        _tell("disclosure.deleted", row, by, at)
    return row


def _tell(verb: str, row: Withdrawal, by: Actor, at: datetime) -> None:
    facts: dict[str, trail.Fact] = {"receiver": row.receiver, "count": len(row.registrations)}
    trail.record(verb, by=by, at=at, subject=row, thread_id=row.incident_id, facts=facts)
