"""Holding back the data of the person of a case, or of everybody at its incident."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit.actor import Actor
from nabij.audit.queries import owns_trail
from nabij.cases.models import Case
from nabij.kit import clock
from nabij.privacy.actions import Placing, lift_hold, place_hold, prolong_hold, remove_expired
from nabij.privacy.models import HoldGround, HoldOn, LegalHold, RetentionRun
from nabij.retention.keeping import lines
from nabij.retention.policies import can_hold, may_change

NOT_YOURS = "Alleen de teamleider van dit dossier gaat over de wisstop."


@dataclass(frozen=True)
class Keeping:
    """What the leader wants to keep longer: about whom, for what, why, and through which day."""

    subject_kind: HoldOn
    ground: HoldGround
    reason: str
    last_day: date


@transaction.atomic
def hold_case(case: Case, keeping: Keeping, *, by: Actor, at: datetime) -> LegalHold:
    """From now on the removal leaves this person out, or everybody at the incident of this case.

    ValidationError for an incident where there is none, and when the person was removed at this very moment.
    """
    if not can_hold(by, case, at):
        raise PermissionDenied(NOT_YOURS)
    subject_id = case.person_id if keeping.subject_kind == HoldOn.PERSON else case.incident_id
    if subject_id is None:
        raise ValidationError({"subject_kind": "Dit dossier hoort niet bij een gebeurtenis."})
    placing = Placing(keeping.subject_kind, subject_id, keeping.ground, keeping.reason, keeping.last_day)
    hold = place_hold(placing, by=by, at=at)
    if not Case.objects.filter(pk=case.pk).exists():
        raise ValidationError("Deze gegevens zijn zojuist gewist: de bewaartermijn was voorbij.")
    return hold


def shorten_logs(*, by: Actor, at: datetime) -> list[RetentionRun]:
    """Old days of the trail and the read log go, but for lines about who is held; gives the counts of today.

    PermissionDenied for every role of the database but the owner's: who serves can rewrite nothing.
    """
    if not owns_trail():
        raise PermissionDenied("Alleen de eigenaar van de database kan het spoor en het inzagelog inkorten.")
    remove_expired(by=by, at=at, removed_by="owner")
    kinds = [each.kind for each in lines.COLLECTIONS]
    return list(RetentionRun.objects.filter(ran_on=clock.local(at).date(), kind__in=kinds).order_by("kind"))


@transaction.atomic
def hold_longer(case: Case, hold: LegalHold, last_day: date, *, by: Actor, at: datetime) -> LegalHold:
    """The hold lasts through a later day."""
    if not may_change(by, hold, case, at):
        raise PermissionDenied(NOT_YOURS)
    return prolong_hold(hold, last_day, by=by, at=at)


@transaction.atomic
def release_hold(case: Case, hold: LegalHold, *, by: Actor, at: datetime) -> LegalHold:
    """The hold ends: from the next night on the ordinary terms count again."""
    if not may_change(by, hold, case, at):
        raise PermissionDenied(NOT_YOURS)
    return lift_hold(hold, by=by, at=at)
