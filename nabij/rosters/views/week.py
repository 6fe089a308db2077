"""The week, and entering and handing over duties."""

from datetime import date, timedelta
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.kit.clock import local
from nabij.rosters import actions
from nabij.rosters.forms import DutyForm, HandOverForm, ShiftForm
from nabij.rosters.models import Seat
from nabij.rosters.policies import can_plan
from nabij.rosters.queries import (
    duties_for,
    last_hand_overs,
    plannable_people,
    week_of,
)
from nabij.rosters.queries.planning import Candidate, candidates_for


def first_day(text: str | None, today: date) -> date:
    """The Monday of the week that the address names; of this week when it names none."""
    try:
        chosen = date.fromisoformat(text or "")
    except ValueError:
        chosen = today
    return chosen - timedelta(days=chosen.weekday())


@require_safe
def week(request: Request) -> HttpResponse:
    """One week: who sits where, empty chairs first and red."""
    first = first_day(request.GET.get("week"), local(request.at).date())
    context = {
        "first": first,
        "changing": "wijzig" in request.GET,
        "days": week_of(request.actor, first, request.at),
        "earlier": first - timedelta(days=7),
        "later": first + timedelta(days=7),
        "today": local(request.at).date(),
        "notes": last_hand_overs(request.actor, request.at),
        "may_plan": can_plan(request.actor, request.actor.team_id, request.at),
    }
    return render(request, "rosters/week.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """Enter a duty by hand; with a shift in the address, who could take it stands beside."""
    if not request.actor.may(Permission.PLAN_ROSTER):
        raise PermissionDenied
    people = plannable_people(request.actor, request.at)
    given = {
        name: request.GET[name]
        for name in ("seat", "starts_at", "ends_at", "membership")
        if name in request.GET
    }
    form = DutyForm(request.POST or None, actor=request.actor, at=request.at, people=people, initial=given)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        seat = Seat(clean["seat"])
        membership = clean["membership"]
        try:
            actions.enter_duty(
                membership=membership, seat=seat, team=None if seat == Seat.NATIONAL else membership.team,
                starts_at=clean["starts_at"], ends_at=clean["ends_at"], exception=clean["exception"],
                by=request.actor, at=request.at,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("membership", error)
        else:
            messages.success(request, _("De dienst staat in het rooster."))
            return redirect("rosters:week")
    context = {"form": form, "candidates": _candidates(request, given)}
    return render(request, "rosters/enter.html", context, status=422 if form.errors else 200)


def _candidates(request: Request, given: dict[str, str]) -> list[Candidate]:
    """Who could take the shift that the address names; nobody when it names none."""
    asked = ShiftForm(given)
    if not asked.is_valid():
        return []
    people = plannable_people(request.actor, request.at)
    return candidates_for(people, at=request.at, **asked.cleaned_data)


@require_POST
def remove(request: Request, duty_id: UUID) -> HttpResponse:
    """Take a duty out of the roster."""
    duty = get_object_or_404(duties_for(request.actor, request.at), pk=duty_id)
    actions.remove_duty(duty, by=request.actor, at=request.at)
    messages.success(request, _("De dienst is uit het rooster gehaald."))
    return redirect("rosters:week")


@require_http_methods(["GET", "POST"])
def hand_over(request: Request, duty_id: UUID) -> HttpResponse:
    """Write what the next one on this chair must know."""
    duty = get_object_or_404(duties_for(request.actor, request.at), pk=duty_id)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hand_over(duty, cast(str, form.cleaned_data["note"]), by=request.actor, at=request.at)
        messages.success(request, _("Uw overdracht is bewaard."))
        return redirect("rosters:mine")
    status = 422 if form.errors else 200
    return render(request, "rosters/hand_over.html", {"form": form, "duty": duty}, status=status)
