"""A meeting is planned, asked support for, counted, or put off."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.incidents.models import Incident
from nabij.meetings.actions.holding import held_incident, held_meeting, holder, record, tell
from nabij.meetings.content import most
from nabij.meetings.models import ALLOWED, Meeting, MeetingState, SupportAsk, SupportState
from nabij.meetings.policies import can_hold, can_promise


@dataclass(frozen=True)
class Planned:
    """For whom, where and when."""

    audience: str
    where: str
    starts_at: datetime


@dataclass(frozen=True)
class Promise:
    """How many of us come; nought is that we cannot."""

    number: int


@transaction.atomic
def plan_meeting(incident: Incident, planned: Planned, *, by: Actor, at: datetime) -> Meeting:
    """Plan a meeting after an event. Source: brochure L289-292, DIS-14.

    ValidationError for a moment before the event, and when a meeting at that place and moment stands there.
    """
    if by.id is None or by.organisation_id is None or not can_hold(by, incident, at):
        raise PermissionDenied("Voor deze gebeurtenis kunt u geen bijeenkomst plannen.")
    if planned.starts_at < incident.happened_at:
        raise ValidationError({"starts_at": _("Dit ligt voor de gebeurtenis. Kijk de dag en de tijd na.")})
    where = planned.where.strip()
    held_incident(incident.pk)
    same = Meeting.objects.filter(Q(where=where), incident=incident, starts_at=planned.starts_at)
    if same.exclude(state=MeetingState.CANCELLED).exists():
        raise ValidationError(
            {"starts_at": _("Daar is dan al een bijeenkomst. Kies een andere plek of tijd.")}
        )
    meeting = Meeting.objects.create(
        incident=incident, organisation_id=by.organisation_id, audience=planned.audience, where=where,
        starts_at=planned.starts_at, planned_at=at, planned_by=by.id,
    )  # fmt: skip
    record("meeting.planned", meeting, by=by, at=at, audience=planned.audience)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """It does not take place; whoever promised to come hears it. Said twice it stays as it was.

    ValidationError when it was held already.
    """
    held = held_meeting(meeting.pk)
    holder(held, by, at)
    if held.state == MeetingState.CANCELLED:
        return held
    _follow(held, MeetingState.CANCELLED)
    held.state = MeetingState.CANCELLED
    held.save(update_fields=["state"])
    record("meeting.cancelled", held, by=by, at=at)
    tell("meeting_changed", held, _supporters(held), at)
    return held


@transaction.atomic
def count_present(meeting: Meeting, present: int, *, by: Actor, at: datetime) -> Meeting:
    """How many people came, as a number only; a better count takes the place of the first.

    ValidationError before it began, after it was put off, and for a number that cannot be.
    """
    held = held_meeting(meeting.pk)
    holder(held, by, at)
    _follow(held, MeetingState.HELD)
    if at < held.starts_at:
        raise ValidationError({"present": _("De bijeenkomst moet nog beginnen.")})
    if not 0 <= present <= most("present"):
        raise ValidationError({"present": _("Dit getal kan niet kloppen.")})
    held.state, held.present, held.counted_at = MeetingState.HELD, present, at
    held.save(update_fields=["state", "present", "counted_at"])
    record("meeting.counted", held, by=by, at=at, present=present)
    return held


@transaction.atomic
def ask_support(meeting: Meeting, number: int, *, by: Actor, at: datetime) -> SupportAsk:
    """Ask victim support to be there; the team leaders of the area hear it. Source: brochure L291-292.

    ValidationError when it was asked already, and when the meeting is over.
    """
    held = held_meeting(meeting.pk)
    asker = holder(held, by, at)
    _only_planned(held)
    if SupportAsk.objects.filter(meeting=held).exists():
        raise ValidationError(_("U vroeg dit al. Hieronder staat het antwoord."))
    if not 1 <= number <= most("helpers"):
        raise ValidationError({"number": _("Dit getal kan niet kloppen.")})
    ask = SupportAsk.objects.create(meeting=held, number=number, asked_at=at, asked_by=asker)
    record("meeting.support_asked", held, by=by, at=at, number=number)
    teams = held.incident.municipalities.values("safety_region__team")
    leaders = Membership.objects.filter(role=Role.TEAM_LEADER, team__in=teams)
    tell("meeting_support_asked", held, leaders.values_list("pk", flat=True), at)
    return ask


@transaction.atomic
def promise_support(meeting: Meeting, promise: Promise, *, by: Actor, at: datetime) -> SupportAsk:
    """Say how many of us come, or that we cannot; another answer takes the place of the first.

    ValidationError when nobody asked, when the meeting is over, and for a number that cannot be.
    """
    held = held_meeting(meeting.pk)
    if by.id is None or not can_promise(by, held, at):
        raise PermissionDenied("Dit zegt de teamleider van Slachtofferhulp.")
    _only_planned(held)
    ask = SupportAsk.objects.filter(meeting=held).first()
    if ask is None:
        raise ValidationError(_("De gemeente vroeg hier geen steun."))
    if not 0 <= promise.number <= most("helpers"):
        raise ValidationError({"number": _("Dit getal kan niet kloppen.")})
    ask.state = SupportState.PROMISED if promise.number else SupportState.DECLINED
    ask.promised, ask.answered_at, ask.answered_by = promise.number, at, by.id
    ask.save(update_fields=["state", "promised", "answered_at", "answered_by"])
    record("meeting.support_answered", held, by=by, at=at, number=promise.number)
    tell("meeting_changed", held, [ask.asked_by], at)
    return ask


def _follow(meeting: Meeting, state: MeetingState) -> None:
    if state not in ALLOWED[meeting.state]:
        raise ValidationError(_("Dit kan niet meer. Kijk hoe het er nu voor staat."))


def _only_planned(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise ValidationError(_("Deze bijeenkomst is al voorbij of afgezegd."))


def _supporters(meeting: Meeting) -> list[UUID]:
    """Whoever of victim support said that we come."""
    rows = SupportAsk.objects.filter(meeting=meeting, state=SupportState.PROMISED)
    return [each for each in rows.values_list("answered_by", flat=True) if each]
