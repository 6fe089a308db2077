"""The roster calendar and one's own duties."""

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
from nabij.rosters.forms import DutyForm, HandOverForm, ProfileForm
from nabij.rosters.models import Seat
from nabij.rosters.policies import can_plan, can_write_profile
from nabij.rosters.queries import (
    broken_duties,
    duties_for,
    last_hand_overs,
    own_duties,
    plannable_people,
    week_of,
)
from nabij.rosters.queries.calling import own_profile

LOOK_AHEAD_DAYS = 90


def _first_day(text: str | None, today: date) -> date:
    try:
        chosen = date.fromisoformat(text or "")
    except ValueError:
        chosen = today
    return chosen - timedelta(days=chosen.weekday())


@require_safe
def week(request: Request) -> HttpResponse:
    """One week: who sits where, empty chairs first and red."""
    first = _first_day(request.GET.get("week"), local(request.at).date())
    context = {
        "first": first,
        "changing": "wijzig" in request.GET,
        "days": week_of(request.actor, first, request.at),
        "earlier": first - timedelta(days=7),
        "later": first + timedelta(days=7),
        "today": local(request.at).date(),
        "own": own_duties(request.actor, request.at)[:5],
        "notes": last_hand_overs(request.actor, request.at),
        "may_plan": can_plan(request.actor, request.actor.team_id, request.at),
    }
    return render(request, "rosters/week.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """Enter a duty by hand."""
    if not request.actor.may(Permission.PLAN_ROSTER):
        raise PermissionDenied
    people = plannable_people(request.actor, request.at)
    form = DutyForm(request.POST or None, actor=request.actor, at=request.at, people=people)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        seat = Seat(clean["seat"])
        membership = clean["membership"]
        try:
            actions.enter_duty(
                membership=membership, seat=seat, team=None if seat == Seat.NATIONAL else membership.team,
                starts_at=clean["starts_at"], ends_at=clean["ends_at"], by=request.actor, at=request.at,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("membership", error)
        else:
            messages.success(request, "De dienst staat in het rooster.")
            return redirect("rosters:week")
    status = 422 if form.errors else 200
    return render(request, "rosters/enter.html", {"form": form}, status=status)


@require_POST
def remove(request: Request, duty_id: UUID) -> HttpResponse:
    """Take a duty out of the roster."""
    duty = get_object_or_404(duties_for(request.actor, request.at), pk=duty_id)
    actions.remove_duty(duty, by=request.actor, at=request.at)
    messages.success(request, "De dienst is uit het rooster gehaald.")
    return redirect("rosters:week")


@require_http_methods(["GET", "POST"])
def hand_over(request: Request, duty_id: UUID) -> HttpResponse:
    """Write what the next one on this chair must know."""
    duty = get_object_or_404(duties_for(request.actor, request.at), pk=duty_id)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hand_over(duty, cast(str, form.cleaned_data["note"]), by=request.actor, at=request.at)
        messages.success(request, "Uw overdracht is bewaard.")
        return redirect("rosters:week")
    status = 422 if form.errors else 200
    return render(request, "rosters/hand_over.html", {"form": form, "duty": duty}, status=status)


@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """The languages that I speak, for a coordinator who needs one."""
    if request.actor.id is None or not can_write_profile(request.actor, request.actor.id, request.at):
        raise PermissionDenied
    known = own_profile(request.actor, request.at)
    form = ProfileForm(request.POST or None, initial={"languages": known.languages if known else []})
    if request.method == "POST" and form.is_valid():
        languages = cast(list[str], form.cleaned_data["languages"])
        actions.write_profile(request.actor.id, languages=languages, by=request.actor, at=request.at)
        messages.success(request, _("Uw talen zijn bewaard."))
        return redirect("rosters:profile")
    status = 422 if form.errors else 200
    return render(request, "rosters/profile.html", {"form": form}, status=status)


@require_safe
def broken(request: Request) -> HttpResponse:
    """The panel with the duties that break on a certificate, the first one first."""
    found = broken_duties(request.actor, request.at, LOOK_AHEAD_DAYS)
    return render(request, "rosters/_broken.html", {"broken": found, "days": LOOK_AHEAD_DAYS})
