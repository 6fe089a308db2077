"""A hold is placed, prolonged and lifted; who may do so is the rule of the app whose page it is on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import seal
from nabij.privacy.holds import end_of, longest_day
from nabij.privacy.models import HoldGround, HoldOn, LegalHold
from nabij.privacy.queries import hold_placing, holds_on, wait_for_placing
from nabij.privacy.removal import kept_by_itself


@dataclass(frozen=True)
class Placing:
    """What is held, why, and through which day."""

    subject_kind: HoldOn
    subject_id: UUID
    ground: HoldGround
    reason: str
    last_day: date


@transaction.atomic
def place_hold(placing: Placing, *, by: Actor, at: datetime) -> LegalHold:
    """From now on nothing about this person or incident is removed.

    ValidationError without a reason, with a day in the past or too far away, and for the same ground twice.
    """
    if by.id is None or by.organisation_id is None:
        raise PermissionDenied("Een wisstop zet een medewerker.")
    if not placing.reason.strip():
        raise ValidationError({"reason": "Schrijf op waarom de gegevens nodig blijven."})
    _check_day(placing.last_day, at)
    hold_placing()
    if any(each.ground == placing.ground for each in holds_on([placing.subject_id], at)):
        raise ValidationError({"ground": "Hiervoor loopt al een wisstop. Verleng die."})
    hold = LegalHold(
        subject_kind=placing.subject_kind, subject_id=placing.subject_id, ground=placing.ground,
        organisation_id=by.organisation_id, placed_at=at, placed_by=by.id, ends_at=end_of(placing.last_day),
    )  # fmt: skip
    hold.reason_sealed = seal(hold.pk, placing.reason)
    hold.save(force_insert=True)
    facts: dict[str, trail.Fact] = {"ground": placing.ground.value, "on": placing.subject_kind.value}
    trail.record("hold.placed", by=by, at=at, subject=hold, thread_id=hold.subject_id, facts=facts)
    return hold


@transaction.atomic
def prolong_hold(hold: LegalHold, last_day: date, *, by: Actor, at: datetime) -> LegalHold:
    """The hold lasts longer; ValidationError when it is over, or when the day is not later."""
    _check_day(last_day, at)
    held = _running(hold, at)
    if end_of(last_day) <= held.ends_at:
        raise ValidationError({"last_day": "Kies een dag na de einddatum van nu."})
    held.ends_at = end_of(last_day)
    held.save(update_fields=["ends_at"])
    trail.record("hold.prolonged", by=by, at=at, subject=held, thread_id=held.subject_id)
    return held


@transaction.atomic
def lift_hold(hold: LegalHold, *, by: Actor, at: datetime) -> LegalHold:
    """The hold ends now; what is past its term goes at the next removal. Lifted twice changes nothing."""
    hold_placing()
    held = LegalHold.objects.get(pk=hold.pk)
    if held.lifted_at is not None or held.ends_at <= at:
        return held
    held.lifted_at, held.lifted_by = at, by.id
    held.save(update_fields=["lifted_at", "lifted_by"])
    trail.record("hold.lifted", by=by, at=at, subject=held, thread_id=held.subject_id)
    return held


def refuse_while_held(subject_ids: Iterable[UUID | None], *, at: datetime) -> None:
    """PermissionDenied while a hold or an app keeps one of these; none begins to meanwhile."""
    wait_for_placing()
    known = [each for each in subject_ids if each is not None]
    if holds_on(known, at) or any(kept_by_itself(known).values()):
        raise PermissionDenied("Wissen kan nu niet: deze gegevens worden bewaard voor een zaak of klacht.")


def _running(hold: LegalHold, at: datetime) -> LegalHold:
    hold_placing()
    held = LegalHold.objects.get(pk=hold.pk)
    if held.lifted_at is not None or held.ends_at <= at:
        raise ValidationError("Deze wisstop is al voorbij. Zet een nieuwe.")
    return held


def _check_day(day: date, at: datetime) -> None:
    if end_of(day) <= at:
        raise ValidationError({"last_day": "Kies een dag die nog komt."})
    if day > longest_day(at):
        raise ValidationError({"last_day": f"Kies een dag tot en met {longest_day(at):%d-%m-%Y}."})
