"""Which teams have a roster, who plans it, and who could take a shift."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from nabij.accounts.models import Membership, Team
from nabij.accounts.roles import Role
from nabij.audit.actor import Actor
from nabij.rosters.models import Availability, Duty, Wish
from nabij.rosters.policies import can_plan
from nabij.rosters.queries.fairness import YEAR, Burden, burdens_of
from nabij.rosters.queries.objections import Objection, objections_for

PLANNERS = (Role.TEAM_LEADER, Role.ON_CALL_COORDINATOR)


def planned_teams() -> list[UUID | None]:
    """Every team with on-call workers, and None for the national chair."""
    teams = Team.objects.filter(memberships__role=Role.ON_CALL_WORKER).distinct().order_by("name")
    return [*teams.values_list("pk", flat=True), None]


def teams_to_plan(actor: Actor, at: datetime) -> list[Team]:
    """The teams whose roster this actor plans, by name."""
    teams = Team.objects.filter(pk__in=[pk for pk in planned_teams() if pk]).order_by("name")
    return [team for team in teams if can_plan(actor, team.pk, at)]


def planners_of(team_id: UUID | None, at: datetime) -> list[UUID]:
    """Who is told of gaps: the leaders of the team, or of the country; without a leader its coordinators."""
    people = Membership.objects.current(at)
    people = people.filter(is_national=True) if team_id is None else people.filter(Q(team_id=team_id))
    for role in PLANNERS:
        if found := list(people.filter(role=role).order_by("pk").values_list("pk", flat=True)):
            return found
    return []


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take a shift: what speaks against it, what they wish, their burden so far."""

    membership: Membership
    objections: list[Objection]
    wish: str
    burden: Burden

    @property
    def is_free(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.objections


def candidates_for(
    people: QuerySet[Membership], seat: str, starts_at: datetime, ends_at: datetime, at: datetime,
    without: Collection[UUID] = (),
) -> list[Candidate]:  # fmt: skip
    """These people for a shift: who is free first, then who would like it, then who carried least."""
    listed = list(people)
    found = objections_for(listed, seat, starts_at, ends_at, without=without)
    burdens = burdens_of([each.pk for each in listed], at)
    wishes = dict(
        Availability.objects.filter(
            membership__in=listed, starts_at__lt=ends_at, ends_at__gt=starts_at
        ).values_list("membership_id", "wish")
    )
    order = {Wish.RATHER: 0, "": 1, Wish.RATHER_NOT: 2, Wish.AWAY: 3}
    candidates = [
        Candidate(each, found[each.pk], wishes.get(each.pk, ""), burdens[each.pk]) for each in listed
    ]
    return sorted(
        candidates,
        key=lambda each: (
            len(each.objections),
            order[each.wish],
            each.burden.points,
            each.membership.user.name,
        ),
    )


@dataclass(frozen=True)
class BurdenLine:
    """One person and what they carried."""

    name: str
    burden: Burden


def burden_lines(team_id: UUID | None, at: datetime) -> list[BurdenLine]:
    """Everybody of a team who has duties, or of the national chair, the one who carried most first."""
    duties = Duty.objects.filter(Q(team_id=team_id), ends_at__gt=at - YEAR)
    people = Membership.objects.current(at).filter(pk__in=duties.values("membership_id"))
    listed = list(people.select_related("user"))
    burdens = burdens_of([each.pk for each in listed], at)
    lines = [BurdenLine(each.user.name, burdens[each.pk]) for each in listed]
    return sorted(lines, key=lambda line: (-line.burden.points, line.name))
