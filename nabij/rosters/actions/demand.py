"""Writing down what a team needs, and telling its planners of gaps."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from nabij.accounts.models import Team
from nabij.audit import trail
from nabij.audit.actor import Actor
from nabij.kit.notation import amsterdam_moment
from nabij.notify.sending import Rule, send
from nabij.rosters.models import Demand, GapAlarm, Seat
from nabij.rosters.policies import can_plan
from nabij.rosters.queries.demand import look_ahead_days, tell_hours_before
from nabij.rosters.queries.gaps import Gap, coming_gaps
from nabij.rosters.queries.planning import planned_teams, planners_of


@transaction.atomic
def write_demand(
    *, team: Team | None, seat: Seat, weekdays: list[int], starts: time, ends: time, needed: int, wished: int,
    starts_on: date, ends_on: date | None, by: Actor, at: datetime,
) -> Demand:  # fmt: skip
    """Write down how many people a team needs on a chair; lasting rows replace the usual ones."""
    if not can_plan(by, team.pk if team else None, at) or by.id is None:
        raise PermissionDenied("Deze bezetting kunt u niet wijzigen.")
    demand = Demand.objects.create(
        team=team, seat=seat, weekdays=sorted(weekdays), starts=starts, ends=ends, needed=needed,
        wished=max(needed, wished), starts_on=starts_on, ends_on=ends_on, entered_by=by.id,
    )  # fmt: skip
    trail.record("demand.written", by=by, at=at, subject=demand, facts={"seat": seat.value})
    return demand


@transaction.atomic
def end_demand(demand: Demand, *, by: Actor, at: datetime) -> None:
    """Take a row of demand away."""
    if not can_plan(by, demand.team_id, at):
        raise PermissionDenied("Deze bezetting kunt u niet wijzigen.")
    trail.record("demand.ended", by=by, at=at, subject=demand, facts={"seat": demand.seat})
    demand.delete()


def tell_of_week(*, by: Actor, at: datetime) -> int:
    """Tell the planners of each team how many gaps the coming weeks have; says how many messages left."""
    days, told = look_ahead_days(), 0
    for team_id in planned_teams():
        if gaps := coming_gaps(team_id, at, days):
            values = {"number": str(len(gaps)), "days": str(days), "link": _link(team_id)}
            told += _tell("roster_gaps", team_id, values, at)
    return told


def tell_of_near_gaps(*, by: Actor, at: datetime) -> int:
    """Tell planners once at each of the moments before a shift that is still short; says how many shifts."""
    days = max(tell_hours_before()) // 24 + 1
    return sum(_tell_of_gaps(team_id, coming_gaps(team_id, at, days), at) for team_id in planned_teams())


@transaction.atomic
def _tell_of_gaps(team_id: UUID | None, gaps: list[Gap], at: datetime) -> int:
    """One message for all gaps of a team that came near since the last time."""
    new = [gap for gap in gaps if gap.starts_at > at and _is_news(team_id, gap, at)]
    if new:
        first = new[0]
        values = {
            "number": str(len(new)), "moment": amsterdam_moment(first.starts_at), "seat": first.shift.label,
            "link": _link(team_id),
        }  # fmt: skip
        _tell("roster_gap_near", team_id, values, at)
    return len(new)


def _is_news(team_id: UUID | None, gap: Gap, at: datetime) -> bool:
    """Whether a moment before this gap passed that was not told yet; an earlier one is not told as well."""
    due = [each for each in tell_hours_before() if gap.starts_at - at <= timedelta(hours=each)]
    if not due:
        return False
    facts = {"seat": gap.shift.seat, "starts_at": gap.starts_at, "hours_before": min(due)}
    if GapAlarm.objects.filter(Q(team_id=team_id), **facts).exists():
        return False
    GapAlarm.objects.create(team_id=team_id, told_at=at, **facts)
    return True


def _tell(key: str, team_id: UUID | None, values: dict[str, str], at: datetime) -> int:
    people = planners_of(team_id, at)
    for membership_id in people:
        send(key, to=membership_id, rule=Rule.STAFF_DUTY, exercise=False, at=at, values=values)
    return len(people)


def _link(team_id: UUID | None) -> str:
    return f"{settings.ENV.base_url}{reverse('rosters:month')}?team={team_id or 'landelijk'}"
