"""Visits of a centre in a week, and the hints that wait for somebody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from nabij.audit.actor import Actor
from nabij.centres.models import AdviceCentre
from nabij.centres.policies import visible_to as centres_visible_to
from nabij.centres.queries import published_centres
from nabij.kit.clock import AMSTERDAM
from nabij.openings.content import closing_norm
from nabij.openings.policies import visible_to as openings_visible_to
from nabij.openings.queries.closings import Week, can_close, plan_of, weeks_of
from nabij.visits.content import number
from nabij.visits.models import ClosingHint, VisitHour
from nabij.visits.policies import hears_hints


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)


def visits_in_week(centre: AdviceCentre, week_on: date) -> int | None:
    """How often the page was read in the week of this Monday; None when too few hours of it were counted.

    What was read in fewer hours is at least that: it counts when it is already too much to close.
    """
    bounds = (_start_of(week_on), _start_of(week_on + timedelta(days=7)))
    rows = VisitHour.objects.filter(centre=centre, hour_at__gte=bounds[0], hour_at__lt=bounds[1])
    found = rows.aggregate(visits=Sum("visits"), hours=Count("hour_at", distinct=True))
    visits: int | None = found["visits"]
    if visits is None:
        return None
    is_known = found["hours"] >= number("least_hours") or visits >= closing_norm("visits_below")
    return visits if is_known else None


def visits_by_slug(counted: Iterable[tuple[str, int]]) -> Counter[str]:
    """Counts of pages as counts of centres: all languages of one centre together."""
    found: Counter[str] = Counter()
    for path, visits in counted:
        found[path.strip("/").rpartition("/")[2]] += visits
    return found


def quiet_week(centre: AdviceCentre, at: datetime) -> date | None:
    """The last week when a centre was read little for long enough to close; None when it was not."""
    if centre.archived_at is not None or not can_close(centre) or _is_planned(centre):
        return None
    weeks: list[Week] = weeks_of(centre, at)
    below = closing_norm("visits_below")
    if all(week.visits is not None and week.visits < below for week in weeks):
        return weeks[0].week_on
    return None


def _is_planned(centre: AdviceCentre) -> bool:
    plan = plan_of(centre)
    return plan is not None and plan.archived_on is None


def centres_to_look_at() -> list[AdviceCentre]:
    """Every centre that the public reads now."""
    return published_centres()


def was_told(centre: AdviceCentre, week_on: date) -> bool:
    """Whether somebody was told already, and it is too early to say so again."""
    again = week_on - timedelta(weeks=number("again_after_weeks"))
    rows = ClosingHint.objects.filter(centre=centre)
    return rows.filter(Q(set_aside_at=None) | Q(week_on__gt=again)).exists()


def hints_for(actor: Actor, at: datetime) -> QuerySet[ClosingHint]:
    """The hints at centres about which one decides, the oldest first."""
    if not hears_hints(actor):
        return ClosingHint.objects.none()
    mine = AdviceCentre.objects.filter(centres_visible_to(actor, at) | openings_visible_to(actor, at))
    rows = ClosingHint.objects.filter(centre__in=mine, centre__archived_at=None, set_aside_at=None)
    return rows.select_related("centre__incident").order_by("given_at", "pk")


@dataclass(frozen=True)
class HintLine:
    """A hint with the weeks by which one sees it."""

    hint: ClosingHint
    weeks: list[Week]


def hint_lines(actor: Actor, at: datetime) -> list[HintLine]:
    """The hints that still ask something: where closing was proposed, there is a plan instead."""
    rows = [hint for hint in hints_for(actor, at) if not _is_planned(hint.centre)]
    return [HintLine(hint, weeks_of(hint.centre, at)) for hint in rows]
