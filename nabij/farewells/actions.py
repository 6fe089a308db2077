"""The groups follow the closing of their centre; a member says yes to going on, or takes it back."""

from datetime import datetime, time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nabij.audit import trail
from nabij.audit.actor import Actor, ActorKind
from nabij.centres.models import AdviceCentre
from nabij.closed_part.actions.verifying import held_for
from nabij.closed_part.models import Verification
from nabij.farewells.content import consent_version
from nabij.farewells.models import OnwardWish
from nabij.farewells.policies import can_take_back, can_wish
from nabij.farewells.queries import end_of_day, ends_with_a_closing, running_plan, space_of
from nabij.kit.clock import AMSTERDAM
from nabij.peers.actions import announce_end, go_on
from nabij.peers.models import Space

NOT_YOURS = "Dit bestaat niet voor u."


@transaction.atomic
def end_with(centre: AdviceCentre, *, by: Actor, at: datetime) -> Space | None:
    """The groups end with the last day of their centre, said at the moment of its announcement.

    Groups that end already keep their day; groups that were opened while the centre closes hear it at their
    door. None when nothing changed.
    """
    _only_nabij(by)
    space, plan = space_of(centre), running_plan(centre)
    if space is None or plan is None or plan.ends_on is None or plan.announced_on is None:
        return None
    if space.ends_at is not None:
        return None
    begun = datetime.combine(plan.announced_on, time(), tzinfo=AMSTERDAM)
    told_at = at if at <= end_of_day(plan.announced_on) else begun
    return announce_end(space, end_of_day(plan.ends_on), by=by, at=told_at)


@transaction.atomic
def go_on_with(centre: AdviceCentre, *, by: Actor, at: datetime) -> Space | None:
    """The centre does not close, or opens again: its groups go on, unless they ended by themselves."""
    _only_nabij(by)
    space = space_of(centre)
    if space is None or running_plan(centre) is not None or not ends_with_a_closing(space, centre):
        return None
    return go_on(space, by=by, at=at)


@transaction.atomic
def wish_onward(verification: Verification, version: str, *, by: Actor, at: datetime) -> OnwardWish:
    """Somebody wants to be asked for the national meetings; said twice it is one wish.

    ValidationError when the text changed while it was read.
    """
    held = held_for(verification.registration)
    if not can_wish(by, held, at):
        raise PermissionDenied(NOT_YOURS)
    if version != consent_version():
        raise ValidationError(_("De tekst is net veranderd. Lees hem nog een keer."))
    row, is_new = OnwardWish.objects.get_or_create(
        verification=held, defaults={"text_version": version, "wished_at": at}
    )
    if is_new:
        _record("onward.wished", row, held, by, at)
    return row


@transaction.atomic
def take_wish_back(verification: Verification, *, by: Actor, at: datetime) -> bool:
    """The person takes the wish back, at any time: nothing is left of it. False without a wish."""
    held = held_for(verification.registration)
    if not can_take_back(by, held):
        raise PermissionDenied(NOT_YOURS)
    return _drop(held, by, at)


@transaction.atomic
def drop_wish(verification: Verification, *, by: Actor, at: datetime) -> bool:
    """Who is no longer in the closed part is not asked for anything; the door says who may end an entry."""
    return _drop(verification, by, at)


def _drop(held: Verification, by: Actor, at: datetime) -> bool:
    row = OnwardWish.objects.filter(verification=held).first()
    if row is None:
        return False
    _record("onward.taken_back", row, held, by, at)
    row.delete()
    return True


def _record(verb: str, row: OnwardWish, held: Verification, by: Actor, at: datetime) -> None:
    trail.record(verb, by=by, at=at, subject=row, thread_id=held.registration.person_id)


def _only_nabij(by: Actor) -> None:
    if by.kind != ActorKind.SYSTEM:
        raise PermissionDenied("Dit doet Nabij zelf.")
