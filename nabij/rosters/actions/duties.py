"""Entering, removing, confirming and handing over duties; reminders."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nabij.accounts.models import Membership, Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.keys.sealing import seal
from nabij.kit.notation import amsterdam_moment
from nabij.notify.sending import Rule, send
from nabij.rosters.models import Duty, HandOver, Seat
from nabij.rosters.policies import can_hand_over, can_plan
from nabij.rosters.queries.demand import remind_hours_before
from nabij.rosters.queries.objections import objections_for


@transaction.atomic
def enter_duty(
    *,
    membership: Membership,
    seat: Seat,
    team: Team | None,
    starts_at: datetime,
    ends_at: datetime,
    exception: str = "",
    by: Actor,
    at: datetime,
) -> Duty:
    """Put somebody on a chair; rules on times may be set aside with `exception`, a ground from the law.

    ValidationError with every objection: a duty at that time, a certificate, rest, days off, a rule on times.
    """
    if not can_plan(by, team.pk if team else None, at):
        raise PermissionDenied("Dit rooster mag u niet wijzigen.")
    refuse_objections(membership, seat, starts_at, ends_at, exception=exception)
    duty = put_on_chair(membership, seat, team, starts_at, ends_at, exception=exception, by=by, at=at)
    trail.record(
        "duty.entered", by=by, at=at, subject=duty, facts={"seat": seat.value, "exception": exception}
    )
    return duty


def refuse_objections(
    membership: Membership, seat: str, starts_at: datetime, ends_at: datetime, *, exception: str = "",
    without: Collection[UUID] = (),
) -> None:  # fmt: skip
    """ValidationError with what speaks against this duty; rules on times only when no exception is given."""
    if ends_at <= starts_at:
        return  # the database refuses it
    found = objections_for([membership], seat, starts_at, ends_at, without=without)[membership.pk]
    standing = [each for each in found if not (exception and each.can_be_set_aside)]
    if standing:
        raise ValidationError([f"{membership.user.name}: {each}." for each in standing])


def put_on_chair(
    membership: Membership, seat: Seat, team: Team | None, starts_at: datetime, ends_at: datetime, *,
    exception: str = "", by: Actor, at: datetime,
) -> Duty:  # fmt: skip
    """The row of a duty; ValidationError when the same person already has one at that time."""
    try:
        with transaction.atomic():
            return Duty.objects.create(
                membership=membership,
                seat=seat,
                team=team,
                starts_at=starts_at,
                ends_at=ends_at,
                entered_by=by.id,
                exception=exception,
            )
    except IntegrityError as error:
        if "nobody_sits_on_two_chairs" not in str(error):
            raise
        raise ValidationError(_("Deze medewerker heeft in die tijd al een dienst.")) from error


@transaction.atomic
def remove_duty(duty: Duty, *, by: Actor, at: datetime) -> None:
    """Take somebody off a chair; what already happened stays in the trail."""
    if not can_plan(by, duty.team_id, at):
        raise PermissionDenied("Dit rooster mag u niet wijzigen.")
    trail.record("duty.removed", by=by, at=at, subject=duty, facts={"seat": duty.seat})
    duty.delete()


@transaction.atomic
def hand_over(duty: Duty, note: str, *, by: Actor, at: datetime) -> HandOver:
    """Leave a note for whoever comes next on this chair."""
    if not can_hand_over(by, duty, at) or duty.team is None or by.id is None:
        raise PermissionDenied("Deze dienst kunt u niet overdragen.")
    hand_over = HandOver(team=duty.team, from_duty=duty, written_by=by.id, written_at=at)
    hand_over.note_sealed = seal(hand_over.pk, note)
    hand_over.save()
    trail.record("duty.handed_over", by=by, at=at, subject=duty, facts={"seat": duty.seat})
    return hand_over


@transaction.atomic
def confirm_duty(duty: Duty, *, by: Actor, at: datetime) -> Duty:
    """Who has the duty says that they know of it and will be there."""
    held = Duty.objects.select_for_update().get(pk=duty.pk)
    if by.id != held.membership_id:
        raise PermissionDenied("Alleen wie de dienst heeft, bevestigt die.")
    if held.confirmed_at is None:
        held.confirmed_at = at
        held.save(update_fields=["confirmed_at"])
        trail.record("duty.confirmed", by=by, at=at, subject=held)
    return held


@transaction.atomic
def remind_of_duties(*, by: Actor, at: datetime) -> int:
    """Remind everybody once whose duty comes near; says how many were reminded."""
    until = at + timedelta(hours=remind_hours_before())
    here = Membership.objects.current(at)
    coming = Duty.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        reminded_at__isnull=True, starts_at__gt=at, starts_at__lte=until, membership__in=here
    )
    duties = list(coming)
    link = f"{settings.ENV.base_url}{reverse('rosters:mine')}"
    for duty in duties:
        values = {
            "moment": amsterdam_moment(duty.starts_at),
            "seat": str(Seat(duty.seat).label),
            "link": link,
        }
        send("duty_near", to=duty.membership_id, rule=Rule.STAFF_DUTY, exercise=False, at=at, values=values)
    Duty.objects.filter(pk__in=[duty.pk for duty in duties]).update(reminded_at=at)
    return len(duties)
