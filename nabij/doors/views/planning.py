"""The rounds of an event: an overview, a new one, a second one, and closing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.doors import actions
from nabij.doors.forms import HoursForm, RoundForm
from nabij.doors.policies import can_ask, can_plan
from nabij.doors.queries import asks_at, not_reached, rounds_at
from nabij.doors.views.finding import incident_or_404, planned_round_or_404


@never_cache
@require_safe
def plan(request: Request, pk: UUID) -> HttpResponse:
    """The rounds and the asks for people at one event."""
    incident = incident_or_404(request, pk)
    context = {
        "incident": incident,
        "rounds": rounds_at(incident),
        "asks": asks_at(incident, request.actor, request.at),
        "may_plan": can_plan(request.actor, incident, request.at),
        "may_ask": can_ask(request.actor, incident, request.at),
    }
    return render(request, "doors/plan.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request, pk: UUID) -> HttpResponse:
    """Make a round of a list of addresses."""
    incident = incident_or_404(request, pk)
    if not can_plan(request.actor, incident, request.at):
        raise PermissionDenied
    form = RoundForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        wanted = actions.Plan(
            [*clean["addresses"], *clean["file"]], clean["starts_at"], clean["ends_at"], clean["elsewhere"],
            tuple(clean["languages"]),
        )  # fmt: skip
        try:
            made = actions.plan_round(incident, wanted, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De ronde is gemaakt. Maak nu de koppels."))
            return redirect("doors:round", made.pk)
    context = {"form": form, "incident": incident}
    return render(request, "doors/new.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def second(request: Request, pk: UUID) -> HttpResponse:
    """Once more to the doors where nobody was reached."""
    first = planned_round_or_404(request, pk)
    form = HoursForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.second_round(first, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De tweede ronde is gemaakt. Maak nu de koppels."))
            return redirect("doors:round", made.pk)
    context = {"form": form, "round": first, "number": not_reached(first).count()}
    return render(request, "doors/second.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: Request, pk: UUID) -> HttpResponse:
    """Nobody walks any more."""
    try:
        actions.close_round(planned_round_or_404(request, pk), by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("De ronde is gesloten. De deurlijst is compleet."))
    return redirect("doors:round", pk)
