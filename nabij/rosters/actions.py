"""Entering, removing and handing over duties."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.accounts.models import Membership, Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.care.queries import rests_until
from nabij.keys.sealing import seal
from nabij.kit.notation import amsterdam_moment
from nabij.rosters.models import Duty, HandOver, Profile, Seat
from nabij.rosters.policies import can_hand_over, can_plan, can_write_profile
from nabij.rosters.queries import lacking_for


@transaction.atomic
def enter_duty(
    *,
    membership: Membership,
    seat: Seat,
    team: Team | None,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
) -> Duty:
    """Put somebody on a chair.

    ValidationError when the same person already has a duty then, lacks a certificate, or rests then.
    """
    if not can_plan(by, team.pk if team else None, at):
        raise PermissionDenied("Dit rooster mag u niet wijzigen.")
    lacking = lacking_for(membership, seat, starts_at, ends_at)
    if lacking is not None:
        raise ValidationError(f"Deze medewerker kan deze dienst niet doen: {lacking}.")
    if until := rests_until([membership.pk], starts_at).get(membership.pk):
        raise ValidationError(f"Deze medewerker heeft na een inzet rust tot {amsterdam_moment(until)}.")
    try:
        with transaction.atomic():
            duty = Duty.objects.create(
                membership=membership,
                seat=seat,
                team=team,
                starts_at=starts_at,
                ends_at=ends_at,
                entered_by=by.id,
            )
    except IntegrityError as error:
        if "nobody_sits_on_two_chairs" not in str(error):
            raise
        raise ValidationError("Deze medewerker heeft in die tijd al een dienst.") from error
    trail.record("duty.entered", by=by, at=at, subject=duty, facts={"seat": seat.value})
    return duty


@transaction.atomic
def remove_duty(duty: Duty, *, by: Actor, at: datetime) -> None:
    """Take somebody off a chair; what already happened stays in the trail."""
    if not can_plan(by, duty.team_id, at):
        raise PermissionDenied("Dit rooster mag u niet wijzigen.")
    trail.record("duty.removed", by=by, at=at, subject=duty, facts={"seat": duty.seat})
    duty.delete()


@transaction.atomic
def write_profile(membership_id: UUID, *, languages: list[str], by: Actor, at: datetime) -> Profile:
    """Write down which languages somebody speaks, in place of what stood there."""
    if not can_write_profile(by, membership_id, at):
        raise PermissionDenied("Dit profiel kunt u niet wijzigen.")
    profile, _ = Profile.objects.update_or_create(
        membership_id=membership_id, defaults={"languages": languages, "changed_at": at}
    )
    trail.record("profile.written", by=by, at=at, subject=profile)
    return profile


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
