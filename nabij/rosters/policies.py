"""Who may see and change a roster."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.accounts.models import Membership
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor
from nabij.rosters.models import Duty, Swap, SwapState


def visible_to(actor: Actor, at: datetime) -> Q:
    """Duties of one's own team and the national chair; for national staff all; for others none."""
    if not (actor.may(Permission.BE_PAGED) or actor.may(Permission.PLAN_ROSTER)):
        return Q(pk__in=[])
    if actor.municipality_codes is None:
        return Q()
    return Q(team_id=actor.team_id) | Q(team__isnull=True)


def can_plan(actor: Actor, team_id: UUID | None, at: datetime) -> bool:
    """Planners enter duties of their own team; the national chair is for national planners."""
    if not actor.may(Permission.PLAN_ROSTER):
        return False
    return actor.municipality_codes is None or (team_id is not None and team_id == actor.team_id)


def can_write_profile(actor: Actor, membership_id: UUID, at: datetime) -> bool:
    """One's own languages, by who can be called."""
    return actor.id == membership_id and actor.may(Permission.BE_PAGED)


def can_hand_over(actor: Actor, duty: Duty, at: datetime) -> bool:
    """Who has the duty hands it over, or a planner for them."""
    return actor.id == duty.membership_id or can_plan(actor, duty.team_id, at)


def days_visible_to(actor: Actor, at: datetime) -> Q:
    """One's own days; for planners those of the people whose roster they plan."""
    own = Q(membership_id=actor.id, membership_id__isnull=False)
    if not actor.may(Permission.PLAN_ROSTER):
        return own
    if actor.municipality_codes is None:
        return Q(pk__isnull=False)
    return own | Q(membership__team_id=actor.team_id, membership__team_id__isnull=False)


def can_enter_days(actor: Actor, membership: Membership, at: datetime) -> bool:
    """One's own days; a planner acts for somebody who is absent."""
    own = actor.id == membership.pk and actor.may(Permission.BE_PAGED)
    return own or can_plan(actor, membership.team_id, at)


def swaps_visible_to(actor: Actor, at: datetime) -> Q:
    """Swaps of duties that one sees in the roster, for who has duties there or plans it."""
    return Q(duty__in=Duty.objects.filter(visible_to(actor, at)).values("pk"))


def can_ask_swap(actor: Actor, duty: Duty, at: datetime) -> bool:
    """Who has the duty asks others to take it, or a planner for somebody absent; not once it ended."""
    return duty.ends_at > at and (actor.id == duty.membership_id or can_plan(actor, duty.team_id, at))


def can_take(actor: Actor, swap: Swap, at: datetime) -> bool:
    """A colleague of the same chair's team, for a duty that has not ended; never one's own.

    The national chair is for who works nationally, and who does so takes no duty of another team.
    """
    team_id = swap.duty.team_id
    here = actor.municipality_codes is None if team_id is None else actor.team_id == team_id
    colleague = here and actor.may(Permission.BE_PAGED) and actor.id != swap.giver_id
    return colleague and swap.state == SwapState.ASKED and swap.duty.ends_at > at


def can_decide(actor: Actor, swap: Swap, at: datetime) -> bool:
    """A planner of the team who is neither of the two."""
    outside = actor.id not in (swap.giver_id, swap.taker_id)
    return outside and swap.state == SwapState.TAKEN and can_plan(actor, swap.duty.team_id, at)


def can_undo(actor: Actor, swap: Swap, at: datetime) -> bool:
    """Who took it or a planner, as long as the duty has not begun; who gave it away cannot call it back."""
    own = actor.id == swap.taker_id or can_plan(actor, swap.duty.team_id, at)
    return own and swap.state == SwapState.DONE and swap.duty.starts_at > at
