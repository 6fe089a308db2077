"""The plan: suggested by the event, agreed with the person, changed by one writer at a time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.cases.policies import can_help
from nabij.keys.sealing import Sealer, seal
from nabij.support import content
from nabij.support.models import Outcome, PlanItem, PlanState, Strand

NOT_YOURS = "In dit dossier helpt u niet."


class ChangedMeanwhile(Exception):
    """Somebody else changed this since it was read; nothing was overwritten."""


@dataclass(frozen=True)
class Change:
    """What becomes of one part of the plan; `version` is the one that was read."""

    version: int
    text: str
    state: PlanState
    outcome: str = ""
    reason: str = ""
    due_on: date | None = None


def suggest_plan(case: Case, *, at: datetime) -> None:
    """Put in the plan what usually helps after this event; what was there or dropped stays as it is."""
    known = set(PlanItem.objects.filter(case=case).values_list("suggestion", flat=True))
    sealer = Sealer([case.person_id])
    PlanItem.objects.bulk_create(
        PlanItem(
            case=case,
            strand=each.strand,
            suggestion=each.key,
            text_sealed=sealer.seal_all(case.person_id, {"": each.text})[""],
            changed_at=at,
        )
        for each in content.suggestions_for(case.topic)
        if each.key not in known
    )


@transaction.atomic
def add_item(
    case: Case, strand: Strand, text: str, *, due_on: date | None = None, by: Actor, at: datetime
) -> PlanItem:
    """Something that was agreed with the person, in one of the three strands."""
    if not can_help(by, case, at):
        raise PermissionDenied(NOT_YOURS)
    item = PlanItem.objects.create(
        case=case, strand=strand, text_sealed=seal(case.person_id, text), due_on=due_on, changed_at=at,
        changed_by=by.id,
    )  # fmt: skip
    trail.record("plan.added", by=by, at=at, subject=item, thread_id=case.person_id)
    return item


@transaction.atomic
def change_item(item: PlanItem, change: Change, *, by: Actor, at: datetime) -> PlanItem:
    """Change one part of the plan; raises ChangedMeanwhile when somebody was first.

    ValidationError when something is dropped without a reason.
    """
    held = PlanItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    if not can_help(by, held.case, at):
        raise PermissionDenied(NOT_YOURS)
    if held.version != change.version:
        raise ChangedMeanwhile
    if change.state == PlanState.DROPPED and not change.reason.strip():
        raise ValidationError({"reason": "Schrijf op waarom dit niet nodig is."})
    held.text_sealed = seal(held.case.person_id, change.text)
    held.state, held.due_on = change.state, change.due_on
    held.outcome = Outcome(change.outcome) if change.outcome else ""
    held.reason_sealed = seal(held.case.person_id, change.reason)
    held.version, held.changed_at, held.changed_by = held.version + 1, at, by.id
    held.save()
    trail.record("plan.changed", by=by, at=at, subject=held, thread_id=held.case.person_id)
    return held
