"""Which duties colleagues ask others to take, and who could."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.rosters.models import OPEN, Duty, RosterAgreement, Seat, Swap
from nabij.rosters.policies import can_take, swaps_visible_to
from nabij.rosters.queries.objections import objections_for
from nabij.rosters.queries.planning import Candidate, candidates_for


def swaps_for(actor: Actor, at: datetime) -> QuerySet[Swap]:
    """The swaps that this actor may see, the duty that begins first first."""
    found = Swap.objects.filter(swaps_visible_to(actor, at))
    return found.select_related("duty__team", "giver__user", "taker__user", "in_return__team").order_by(
        "duty__starts_at", "pk"
    )


def open_swaps(actor: Actor, at: datetime) -> QuerySet[Swap]:
    """Those that still wait for somebody, of duties that are not over."""
    return swaps_for(actor, at).filter(state__in=OPEN, duty__ends_at__gt=at)


@dataclass(frozen=True)
class Asked:
    """A duty that a colleague asks me to take, and what speaks against it for me."""

    swap: Swap
    objections: list[str]


def asked_of_me(actor: Actor, at: datetime) -> list[Asked]:
    """The duties of colleagues that I may take, and those that I may not with the reason."""
    if not (found := [swap for swap in open_swaps(actor, at) if can_take(actor, swap, at)]):
        return []
    me = Membership.objects.select_related("user").get(Q(pk=actor.id))
    return [Asked(swap, [str(each) for each in objections_to_take(swap, me)]) for swap in found]


def objections_to_take(swap: Swap, taker: Membership, in_return: Duty | None = None) -> list[object]:
    """What speaks against it: for who takes, and in an exchange for who gives as well."""
    duty = swap.duty
    found: list[object] = [
        *objections_for(
            [taker], duty.seat, duty.starts_at, duty.ends_at, without=[in_return.pk] if in_return else []
        )[taker.pk]
    ]
    if in_return is not None:
        back = objections_for(
            [swap.giver], in_return.seat, in_return.starts_at, in_return.ends_at, without=[duty.pk]
        )
        found.extend(back[swap.giver_id])
    return found


def colleagues_for(duty: Duty, at: datetime) -> list[Candidate]:
    """Who of the team may take this duty, of those who carried least first."""
    return [each for each in everybody_for(duty, at) if each.is_free]


def everybody_for(duty: Duty, at: datetime) -> list[Candidate]:
    """The colleagues on this chair's team, with what speaks against each."""
    roles = [Role.ON_CALL_WORKER, Role.ON_CALL_COORDINATOR, Role.TEAM_LEADER]
    people = Membership.objects.current(at).filter(role__in=roles).exclude(pk=duty.membership_id)
    if duty.seat == Seat.NATIONAL:
        people = people.filter(is_national=True)
    else:
        people = people.filter(Q(team_id=duty.team_id))
    listed = people.select_related("user", "team", "organisation")
    return candidates_for(listed, duty.seat, duty.starts_at, duty.ends_at, at)


def can_do_without_planner(team_id: UUID | None) -> bool:
    """Whether a swap in this team counts as soon as it is taken."""
    return RosterAgreement.objects.filter(Q(team_id=team_id), is_swap_approved=False).exists()
