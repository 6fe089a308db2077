"""Who can be called: on a chair, off duty, or on duty in another region; never whose certificate ended."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nabij.academy.queries import fitness_of
from nabij.accounts.models import Membership, Municipality
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.care.queries import rests_until
from nabij.kit.clock import local
from nabij.rosters.languages import COORDINATOR_SKILL, skill_of
from nabij.rosters.models import Duty, Profile, Seat
from nabij.rosters.queries.duties import ids_on_duty
from nabij.rosters.queries.fitness import lacks_at, task_code_of_seat
from nabij.working_time.queries import who_worked_enough

OFF_DUTY, NEIGHBOUR = "off_duty", "neighbour"


def ids_to_call(seat: str, team_id: UUID | None, at: datetime) -> list[UUID]:
    """What the paging engine asks: who sits on this chair, is off duty, or is on duty in another region.

    Who rests after a deployment or worked as long as the law allows is not called on a free day, and on a
    chair only after the others.
    """
    if seat == OFF_DUTY:
        people = _free_today(team_id, Role.ON_CALL_WORKER, Seat.WORKER, at)
        resting = _not_now(people, at)
        return [each for each in people if each not in resting]
    people = _neighbours(team_id, at) if seat == NEIGHBOUR else ids_on_duty(seat, team_id, at)
    resting = _not_now(people, at)
    return sorted(people, key=lambda each: each in resting)


def _not_now(people: list[UUID], at: datetime) -> set[UUID]:
    """Of these people who rest, or worked enough in the last day."""
    return {*rests_until(people, at), *who_worked_enough(people, at)}


def _free_today(team_id: UUID | None, role: Role, seat: Seat, at: datetime) -> list[UUID]:
    """Members of this team with this role who have no duty now and may sit on this chair today."""
    people = Membership.objects.current(at).filter(Q(team_id=team_id), role=role)
    busy = Duty.objects.at(at).values("membership_id")
    rows = list(people.exclude(pk__in=busy).order_by("pk").values_list("pk", "user_id"))
    fit = fitness_of({user for _, user in rows}, task_code_of_seat(seat), local(at).date())
    return [pk for pk, user in rows if fit[user].is_fit]


def _neighbours(team_id: UUID | None, at: datetime) -> list[UUID]:
    """Workers on duty of the other teams, who began first first."""
    running = Duty.objects.at(at).filter(
        seat=Seat.WORKER, membership__in=Membership.objects.current(at), team__isnull=False
    )
    duties = list(
        running.exclude(Q(team_id=team_id)).select_related("membership").order_by("starts_at", "pk")
    )
    lacks = lacks_at(duties, at)
    return list(dict.fromkeys(duty.membership_id for duty in duties if duty.pk not in lacks))


def skills_of(membership_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The languages that these people speak and whether they coordinate, as skills."""
    rows = Profile.objects.filter(membership_id__in=membership_ids).values_list("membership_id", "languages")
    found = {pk: frozenset(skill_of(each) for each in languages) for pk, languages in rows}
    leaders = Membership.objects.filter(pk__in=membership_ids, role=Role.ON_CALL_COORDINATOR)
    for pk in leaders.values_list("pk", flat=True):
        found[pk] = found.get(pk, frozenset()) | {COORDINATOR_SKILL}
    return found


def coordinators_to_call(team_id: UUID | None, at: datetime, *, off_duty: bool) -> list[UUID]:
    """Who can coordinate on the spot: on one of the two chairs now, or of the team and off duty."""
    if not off_duty:
        seats = (Seat.SECOND_COORDINATOR, Seat.COORDINATOR)
        return [each for seat in seats for each in ids_to_call(seat, team_id, at)]
    return _free_today(team_id, Role.ON_CALL_COORDINATOR, Seat.COORDINATOR, at)


def how_far(membership_ids: Collection[UUID], municipality_codes: Collection[str]) -> dict[UUID, int]:
    """How far from these towns people live: 0 in one of them, 1 in their region, 2 elsewhere or not known."""
    regions = set(
        Municipality.objects.filter(pk__in=municipality_codes).values_list("safety_region", flat=True)
    )
    homes = Profile.objects.filter(membership_id__in=membership_ids, home__isnull=False)
    found = dict.fromkeys(membership_ids, 2)
    for membership_id, home, region in homes.values_list("membership_id", "home_id", "home__safety_region"):
        found[membership_id] = 0 if home in municipality_codes else 1 if region in regions else 2
    return found


def own_profile(actor: Actor, at: datetime) -> Profile | None:
    """What the actor wrote down; None when nothing yet."""
    return Profile.objects.filter(Q(membership_id=actor.id)).first() if actor.id else None
