"""Opening a case in an emergency: by who has duty now, with an outside number and a reason, for hours."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.accounts.models import Membership
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases import content
from nabij.cases.actions.access import EMERGENCY, open_to
from nabij.cases.actions.tasks import add_task, finish_tasks
from nabij.cases.models import BreakGlass, Case, TaskKind
from nabij.cases.policies import can_break_glass, can_lead
from nabij.contact.working_days import working_days_after
from nabij.keys.sealing import seal
from nabij.kit.references import as_written
from nabij.people.models import AccessGrant
from nabij.people.policies import running_at
from nabij.rosters.models import Duty


@transaction.atomic
def break_glass(
    reference: str, outside_reference: str, reason: str, *, by: Actor, at: datetime
) -> BreakGlass:
    """Open the case with exactly this reference for some hours; the person and the leader see it afterwards.

    PermissionDenied without duty at this moment. ValidationError for no such case (also when it is of another
    organisation), or without the number of the request (such as of the control room) and a reason.
    """
    if by.id is None or not can_break_glass(by) or not _has_duty(by, at):
        raise PermissionDenied("Noodtoegang is er alleen voor wie nu dienst heeft.")
    if not outside_reference.strip() or not reason.strip():
        raise ValidationError(
            "Noem het nummer van de meldkamer of politie, en waarom u dit dossier nodig hebt."
        )
    case = (
        Case.objects.select_related("team")
        .filter(reference=as_written(reference), team__organisation_id=by.organisation_id or by.id)
        .first()
    )
    if case is None:
        raise ValidationError("Met dit kenmerk is geen dossier gevonden.")
    row = BreakGlass.objects.create(
        case=case, membership=Membership.objects.get(pk=by.id), starts_at=at,
        ends_at=at + content.emergency_lasts(), reason_sealed=seal(case.person_id, reason),
        outside_reference_sealed=seal(case.person_id, outside_reference),
    )  # fmt: skip
    open_to(case, by.id, EMERGENCY, at=at, until=row.ends_at)
    due = working_days_after(at, content.review_within())
    add_task(case, TaskKind.REVIEW_ACCESS, due, at=at, about_id=row.pk)
    trail.record("case.glass_broken", by=by, at=at, subject=row, thread_id=case.person_id)
    return row


def _has_duty(by: Actor, at: datetime) -> bool:
    return Duty.objects.filter(membership_id=by.id or UUID(int=0), starts_at__lte=at, ends_at__gt=at).exists()


@transaction.atomic
def review_emergency(row: BreakGlass, *, is_justified: bool, by: Actor, at: datetime) -> BreakGlass:
    """The leader says whether it was right; when not, it ends at once. Once, and never about oneself."""
    held = BreakGlass.objects.select_for_update(of=("self",)).select_related("case__team").get(pk=row.pk)
    if not can_lead(by, held.case, at) or held.membership_id == by.id:
        raise PermissionDenied("Alleen de teamleider beoordeelt dit, en nooit zichzelf.")
    if held.reviewed_at is None:
        held.reviewed_at, held.reviewed_by, held.is_justified = at, by.id, is_justified
        held.save(update_fields=["reviewed_at", "reviewed_by", "is_justified"])
        finish_tasks(held.case, TaskKind.REVIEW_ACCESS, by=by, at=at, about_id=held.pk)
        if not is_justified:
            AccessGrant.objects.filter(
                running_at(at), person_id=held.case.person_id, grantee_id=held.membership_id, source=EMERGENCY
            ).update(ends_at=at)
        trail.record("case.glass_reviewed", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held
