"""Meetings for people inside: planned, called off, and who comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.closed_part.actions.verifying import tell_person
from nabij.closed_part.models import Relation, Verification
from nabij.closed_part.policies import can_lead, is_own
from nabij.closed_rooms.actions.keeping import NOT_YOURS, check_relations
from nabij.closed_rooms.content import limit
from nabij.closed_rooms.models import ClosedMeeting, SignUp
from nabij.closed_rooms.policies import can_come
from nabij.keys.sealing import seal


@dataclass(frozen=True)
class Planned:
    """What is told about a meeting; no names in its title."""

    title: str
    where: str
    relations: Sequence[str]
    seats: int
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def plan_meeting(centre: AdviceCentre, planned: Planned, *, by: Actor, at: datetime) -> ClosedMeeting:
    """A meeting for these relations; the family of a suspect never meets others."""
    if by.id is None or not can_lead(by, centre.incident, at):
        raise PermissionDenied(NOT_YOURS)
    wanted = check_relations(planned.relations)
    if Relation.APART in wanted and len(wanted) > 1:
        raise ValidationError({"relations": _("Familie van een verdachte komt nooit samen met anderen.")})
    if planned.starts_at <= at:
        raise ValidationError({"starts_at": _("Dit moment is al geweest.")})
    if planned.ends_at <= planned.starts_at:
        raise ValidationError({"ends_at": _("Het einde ligt voor het begin. Kies een later moment.")})
    row = ClosedMeeting(
        centre=centre, title=planned.title, relations=wanted, seats=planned.seats,
        starts_at=planned.starts_at, ends_at=planned.ends_at, made_at=at, made_by=by.id,
    )  # fmt: skip
    row.where_sealed = seal(row.pk, planned.where)
    row.save(force_insert=True)
    trail.record("closed_rooms.meeting_planned", by=by, at=at, subject=row, thread_id=centre.incident_id)
    return row


def _held(pk: UUID) -> ClosedMeeting:
    rows = ClosedMeeting.objects.select_for_update(of=("self",))
    return rows.select_related("centre__incident").get(pk=pk)


@transaction.atomic
def call_off(meeting: ClosedMeeting, *, by: Actor, at: datetime) -> ClosedMeeting:
    """The meeting does not take place; everybody who would come gets a notice, and reads it inside."""
    held = _held(meeting.pk)
    if not can_lead(by, held.centre.incident, at):
        raise PermissionDenied(NOT_YOURS)
    if held.cancelled_at is not None:
        return held
    held.cancelled_at = at
    held.save(update_fields=["cancelled_at"])
    coming = SignUp.objects.filter(meeting=held, left_at__isnull=True)
    for each in coming.select_related("verification__registration__person"):
        tell_person(each.verification, at)
    trail.record(
        "closed_rooms.meeting_called_off", by=by, at=at, subject=held, thread_id=held.centre.incident_id
    )
    return held


def taken_seats(meeting: ClosedMeeting) -> int:
    """How many people come."""
    rows = SignUp.objects.filter(meeting=meeting, left_at__isnull=True)
    return int(rows.aggregate(total=Sum("number"))["total"] or 0)


@transaction.atomic
def sign_up(
    meeting: ClosedMeeting, verification: Verification, number: int, *, by: Actor, at: datetime
) -> SignUp:
    """Somebody comes, with so many; said again, the last number counts. ValidationError when it is full.

    Of two who ask for the last seat at once, the second hears that there is none.
    """
    held = _held(meeting.pk)
    if not can_come(by, verification, held, at):
        raise PermissionDenied("Deze bijeenkomst is er niet voor u.")
    if not 1 <= number <= limit("most_people"):
        raise ValidationError(
            {"number": _("Kom met 1 tot %(most)s mensen.") % {"most": limit("most_people")}}
        )
    mine = SignUp.objects.filter(meeting=held, verification=verification, left_at__isnull=True).first()
    left = held.seats - taken_seats(held) + (mine.number if mine else 0)
    if number > left:
        said = _("Er is nog plaats voor %(left)s.") % {"left": left} if left else _("Er is geen plaats meer.")
        raise ValidationError({"number": said})
    if mine is None:
        mine = SignUp(meeting=held, verification=verification, signed_up_at=at)
    mine.number = number
    mine.save()
    trail.record("closed_rooms.signed_up", by=by, at=at, subject=held, thread_id=by.id)
    return mine


@transaction.atomic
def sign_off(meeting: ClosedMeeting, verification: Verification, *, by: Actor, at: datetime) -> bool:
    """Somebody does not come after all, and the seat is free; False when they were not coming."""
    if not is_own(by, verification.registration):
        raise PermissionDenied("Deze bijeenkomst is er niet voor u.")
    rows = SignUp.objects.filter(meeting=meeting, verification=verification, left_at__isnull=True)
    changed = bool(rows.update(left_at=at))
    if changed:
        trail.record("closed_rooms.signed_off", by=by, at=at, subject=meeting, thread_id=by.id)
    return changed
