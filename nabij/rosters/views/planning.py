"""Planning: gaps first, the month, what is needed, who carried how much."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.models import Team
from nabij.accounts.roles import Permission
from nabij.kit import panels
from nabij.kit.clock import local
from nabij.rosters import actions
from nabij.rosters.forms import DemandForm
from nabij.rosters.models import Seat
from nabij.rosters.policies import can_plan
from nabij.rosters.queries import broken_duties
from nabij.rosters.queries.breaches import breaches_for
from nabij.rosters.queries.demand import demands_for, look_ahead_days, usual_demand
from nabij.rosters.queries.fairness import YEAR
from nabij.rosters.queries.gaps import coming_gaps
from nabij.rosters.queries.months import month_of, rows_of
from nabij.rosters.queries.planning import burden_lines, teams_to_plan
from nabij.rosters.queries.swaps import can_do_without_planner, open_swaps
from nabij.rosters.views.week import first_day
from nabij.working_time.law import announce_article, announce_by

LOOK_AHEAD_DAYS = 90
DAYS, SHOWN_GAPS = 28, 12
NATIONAL = "landelijk"


def chosen_team(request: Request) -> Team | None:
    """The team whose roster is planned: one's own, or the one in the address; None is the national chair."""
    if not request.actor.may(Permission.PLAN_ROSTER):
        raise PermissionDenied
    teams, asked = teams_to_plan(request.actor, request.at), request.GET.get("team", "")
    if asked == NATIONAL and can_plan(request.actor, None, request.at):
        return None
    found = [team for team in teams if str(team.pk) == asked] if asked else teams[:1]
    if not found:
        raise Http404
    return found[0]


def _address(name: str, team: Team | None) -> str:
    return f"{reverse(name)}?team={team.pk if team else NATIONAL}"


def _choice(request: Request, team: Team | None) -> dict[str, object]:
    """What every planning page shows of the teams."""
    return {
        "team": team,
        "key": team.pk if team else NATIONAL,
        "teams": teams_to_plan(request.actor, request.at),
        "plans_nationally": can_plan(request.actor, None, request.at),
    }


@require_safe
def month(request: Request) -> HttpResponse:
    """Four weeks of one team: gaps first and red, then who sits where."""
    team = chosen_team(request)
    team_id = team.pk if team else None
    first = first_day(request.GET.get("week"), local(request.at).date())
    gaps = rows_of(coming_gaps(team_id, request.at, look_ahead_days()))
    context = {
        **_choice(request, team),
        "gaps": gaps[:SHOWN_GAPS],
        "swaps": [each for each in open_swaps(request.actor, request.at) if each.duty.team_id == team_id],
        "breaches": breaches_for(team_id, request.at, look_ahead_days()),
        "more": max(0, len(gaps) - SHOWN_GAPS),
        "panels": panels.shown("roster_month", request, None),
        "days": month_of(team_id, first, DAYS),
        "ahead": look_ahead_days(),
        "today": local(request.at).date(),
        "earlier": first - timedelta(days=DAYS),
        "later": first + timedelta(days=DAYS),
        "announce_by": announce_by(first),
        "article": announce_article(),
        "is_late": announce_by(first) < local(request.at).date() < first,
    }
    return render(request, "rosters/month.html", context)


@require_safe
def open_gaps(request: Request) -> HttpResponse:
    """Panel of the desk: how many gaps the coming weeks have, the first one with its moment."""
    gaps = rows_of(coming_gaps(request.actor.team_id, request.at, look_ahead_days()))
    context = {"gaps": gaps, "first": gaps[0] if gaps else None, "days": look_ahead_days()}
    return render(request, "rosters/_gaps.html", context)


@require_http_methods(["GET", "POST"])
def demand(request: Request) -> HttpResponse:
    """How many people a team needs on each chair, and adding a row."""
    team = chosen_team(request)
    today: date = local(request.at).date()
    form = DemandForm(request.POST or None, is_national=team is None, initial={"first_day": today})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        actions.write_demand(
            team=team, seat=Seat(clean["seat"]), weekdays=[int(each) for each in clean["weekdays"]],
            starts=clean["starts"], ends=clean["ends"], needed=clean["needed"], wished=clean["wished"],
            starts_on=clean["first_day"], ends_on=clean["last_day"], by=request.actor, at=request.at,
        )  # fmt: skip
        messages.success(request, _("De bezetting is bewaard."))
        return redirect(_address("rosters:demand", team))
    team_id = team.pk if team else None
    context = {
        **_choice(request, team),
        "form": form,
        "written": demands_for(request.actor, team_id, request.at),
        "usual": usual_demand(team_id),
        "is_swap_approved": not can_do_without_planner(team_id),
    }
    return render(request, "rosters/demand.html", context, status=422 if form.errors else 200)


@require_POST
def end_demand(request: Request, demand_id: UUID) -> HttpResponse:
    """Take a row of demand away."""
    team = chosen_team(request)
    row = get_object_or_404(demands_for(request.actor, team.pk if team else None, request.at), pk=demand_id)
    actions.end_demand(row, by=request.actor, at=request.at)
    messages.success(request, _("Die bezetting geldt niet meer."))
    return redirect(_address("rosters:demand", team))


@require_POST
def agreement(request: Request) -> HttpResponse:
    """Whether a swap in this team waits for the planner."""
    team = chosen_team(request)
    if team is None:
        raise Http404
    actions.write_agreement(team, "goedkeuren" in request.POST, by=request.actor, at=request.at)
    messages.success(request, _("De afspraak is bewaard."))
    return redirect(_address("rosters:demand", team))


@require_safe
def fairness(request: Request) -> HttpResponse:
    """Who carried how much this year, the one with the most first."""
    team = chosen_team(request)
    lines = burden_lines(team.pk if team else None, request.at)
    context = {**_choice(request, team), "lines": lines, "since": local(request.at - YEAR).date()}
    return render(request, "rosters/fairness.html", context)


@require_safe
def broken(request: Request) -> HttpResponse:
    """The panel with the duties that break on a certificate, the first one first."""
    found = broken_duties(request.actor, request.at, LOOK_AHEAD_DAYS)
    return render(request, "rosters/_broken.html", {"broken": found, "days": LOOK_AHEAD_DAYS})
