"""Asking others to take a duty, taking it, agreeing, and turning it back."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.urls import reverse

from nabij.accounts.models import Membership, Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit.notation import amsterdam_moment
from nabij.notify.sending import Rule, send
from nabij.rosters.actions.duties import put_on_chair, refuse_objections
from nabij.rosters.models import OPEN, Duty, RosterAgreement, Seat, Swap, SwapState
from nabij.rosters.policies import can_ask_swap, can_decide, can_plan, can_take, can_undo
from nabij.rosters.queries.planning import planners_of
from nabij.rosters.queries.swaps import can_do_without_planner, colleagues_for, objections_to_take

ASKED_AT_ONCE = 10


@transaction.atomic
def ask_swap(duty: Duty, *, by: Actor, at: datetime) -> Swap:
    """Ask colleagues who may take this duty; asked again it is the same question."""
    held = Duty.objects.select_for_update().select_related("membership").get(pk=duty.pk)
    if not can_ask_swap(by, held, at) or by.id is None:
        raise PermissionDenied("Voor deze dienst kunt u geen ruil vragen.")
    if found := Swap.objects.filter(duty=held, state__in=OPEN).first():
        return found
    swap = Swap.objects.create(duty=held, giver=held.membership, asked_at=at, asked_by=by.id)
    trail.record("swap.asked", by=by, at=at, subject=held)
    for each in colleagues_for(held, at)[:ASKED_AT_ONCE]:
        _tell("swap_asked", each.membership.pk, swap, at)
    return swap


@transaction.atomic
def take_swap(swap: Swap, *, in_return: Duty | None = None, by: Actor, at: datetime) -> Swap:
    """Take a colleague's duty; ValidationError with every rule against it for either of the two."""
    held = _held(swap)
    if not can_take(by, held, at) or by.id is None:
        raise PermissionDenied("Deze dienst kunt u niet overnemen.")
    taker = Membership.objects.select_related("user").get(pk=by.id)
    if in_return is not None and (in_return.membership_id != taker.pk or in_return.starts_at <= at):
        raise PermissionDenied("U ruilt alleen met een eigen dienst die nog komt.")
    if objections := objections_to_take(held, taker, in_return):
        raise ValidationError([f"{each}." for each in objections])
    held.taker, held.taken_at, held.in_return, held.state = taker, at, in_return, SwapState.TAKEN
    held.save()
    trail.record("swap.taken", by=by, at=at, subject=held.duty)
    if can_do_without_planner(held.duty.team_id):
        return _carry_out(held, by, at)
    for membership_id in planners_of(held.duty.team_id, at):
        _tell("swap_to_agree", membership_id, held, at)
    return held


@transaction.atomic
def decide_swap(swap: Swap, is_agreed: bool, *, by: Actor, at: datetime) -> Swap:
    """The planner agrees or not; what changed since it was taken is looked at again."""
    held = _held(swap)
    if not can_decide(by, held, at):
        raise PermissionDenied("Over deze ruil kunt u niet beslissen.")
    if is_agreed:
        if objections := objections_to_take(held, _taker(held), held.in_return):
            raise ValidationError([f"{each}." for each in objections])
        return _carry_out(held, by, at)
    _close(held, SwapState.REFUSED, by, at)
    for membership_id in (held.giver_id, _taker(held).pk):
        _tell("swap_refused", membership_id, held, at)
    return held


@transaction.atomic
def withdraw_swap(swap: Swap, *, by: Actor, at: datetime) -> Swap:
    """Nobody needs to take it any more."""
    held = _held(swap)
    if not can_ask_swap(by, held.duty, at) or held.state not in OPEN:
        raise PermissionDenied("Deze vraag kunt u niet intrekken.")
    return _close(held, SwapState.WITHDRAWN, by, at)


@transaction.atomic
def undo_swap(swap: Swap, *, by: Actor, at: datetime) -> Swap:
    """Turn a swap back before the duty begins; both get their own duty again, if they still may."""
    held = _held(swap)
    if not can_undo(by, held, at) or held.duty.membership_id != held.taker_id:
        raise PermissionDenied("Deze ruil kunt u niet terugdraaien.")
    duty, back = held.duty, held.in_return
    refuse_objections(held.giver, duty.seat, duty.starts_at, duty.ends_at, without=[back.pk] if back else [])
    _exchange(duty, held.giver_id, back, _taker(held).pk, None)
    _tell("swap_undone", held.giver_id, held, at)
    return _close(held, SwapState.UNDONE, by, at)


@transaction.atomic
def take_over_now(duty: Duty, taker: Membership, *, by: Actor, at: datetime) -> Duty:
    """Somebody takes the rest of a duty that runs, at once; who had it has done the part until now."""
    held = Duty.objects.select_for_update(of=("self",)).select_related("team").get(pk=duty.pk)
    if not can_ask_swap(by, held, at) or not held.starts_at < at < held.ends_at:
        raise PermissionDenied("Deze dienst kunt u nu niet overdragen.")
    if (taker.team_id != held.team_id) if held.team_id else not taker.is_national:
        raise PermissionDenied("Deze collega hoort niet bij dit rooster.")
    ends_at, held.ends_at = held.ends_at, at
    held.save(update_fields=["ends_at"])
    refuse_objections(taker, held.seat, at, ends_at)
    new = put_on_chair(taker, Seat(held.seat), held.team, at, ends_at, by=by, at=at)
    Duty.objects.filter(pk=new.pk).update(confirmed_at=at, reminded_at=at)
    trail.record("duty.taken_over", by=by, at=at, subject=new, facts={"seat": held.seat})
    Swap.objects.filter(duty=held, state__in=OPEN).update(
        state=SwapState.WITHDRAWN, decided_at=at, decided_by=by.id
    )
    return new


@transaction.atomic
def write_agreement(team: Team, is_swap_approved: bool, *, by: Actor, at: datetime) -> None:
    """Whether a swap in this team waits for the planner."""
    if not can_plan(by, team.pk, at) or by.id is None:
        raise PermissionDenied("Deze afspraak kunt u niet wijzigen.")
    RosterAgreement.objects.update_or_create(
        team=team, defaults={"is_swap_approved": is_swap_approved, "changed_at": at, "changed_by": by.id}
    )
    trail.record("roster.agreed", by=by, at=at, subject=team)


def _held(swap: Swap) -> Swap:
    return (
        Swap.objects.select_for_update(of=("self", "duty"))
        .select_related("duty", "giver__user", "taker__user", "in_return")
        .get(pk=swap.pk)
    )


def _taker(swap: Swap) -> Membership:
    assert swap.taker is not None  # noqa: S101  (the database promises it)
    return swap.taker


def _carry_out(swap: Swap, by: Actor, at: datetime) -> Swap:
    _exchange(swap.duty, _taker(swap).pk, swap.in_return, swap.giver_id, at)
    _tell("swap_done", swap.giver_id, swap, at)
    if by.id != swap.taker_id:
        _tell("swap_done", _taker(swap).pk, swap, at)
    return _close(swap, SwapState.DONE, by, at)


def _exchange(
    duty: Duty, new_id: UUID, back: Duty | None, back_id: UUID, confirmed_at: datetime | None
) -> None:
    """Both duties change hands; that nobody has two at once is looked at after both."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS nobody_sits_on_two_chairs DEFERRED")
        Duty.objects.filter(pk=duty.pk).update(
            membership_id=new_id, confirmed_at=confirmed_at, reminded_at=None
        )
        if back is not None:
            Duty.objects.filter(pk=back.pk).update(membership_id=back_id, confirmed_at=None, reminded_at=None)
        cursor.execute("SET CONSTRAINTS nobody_sits_on_two_chairs IMMEDIATE")


def _close(swap: Swap, state: SwapState, by: Actor, at: datetime) -> Swap:
    swap.state, swap.decided_at, swap.decided_by = state, at, by.id
    swap.save(update_fields=["state", "decided_at", "decided_by"])
    trail.record(f"swap.{state.value}", by=by, at=at, subject=swap.duty)
    return swap


def _tell(key: str, to: UUID, swap: Swap, at: datetime) -> None:
    link = f"{settings.ENV.base_url}{reverse('rosters:swap', args=[swap.pk])}"
    moment, seat = amsterdam_moment(swap.duty.starts_at), str(Seat(swap.duty.seat).label)
    values = {"moment": moment, "seat": seat, "link": link}
    send(key, to=to, rule=Rule.STAFF_DUTY, exercise=False, at=at, values=values)
