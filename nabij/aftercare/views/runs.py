"""Where aftercare runs: panels, the list of runs, starting, changing and closing one, and how it went."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.aftercare.actions.closing import close_run
from nabij.aftercare.actions.starting import change_protocol, start_run
from nabij.aftercare.clocks import moment_at
from nabij.aftercare.forms import CloseForm
from nabij.aftercare.policies import can_lead, can_start, sees_panel
from nabij.aftercare.queries.choosing import plan_for_event
from nabij.aftercare.queries.compliance import compliance_for, steps_followed
from nabij.aftercare.queries.runs import (
    counts_of,
    due_today,
    lines_of,
    next_steps,
    places_to_start,
    runs_at,
    runs_for,
)
from nabij.aftercare.views.finding import refuse, run_or_404
from nabij.incidents.views.finding import incident_or_404
from nabij.protocols.policies import can_change
from nabij.protocols.views.finding import version_or_404


@never_cache
@require_safe
def today(request: Request) -> HttpResponse:
    """Panel of the desk: what is late or due today."""
    if not sees_panel(request.actor, None):
        raise PermissionDenied
    return render(request, "aftercare/_today.html", {"lines": due_today(request.actor, request.at)})


@never_cache
@require_safe
def at_incident(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: the next three things and how far it is, or the way to begin."""
    incident = incident_or_404(request, pk)
    if not sees_panel(request.actor, incident):
        raise PermissionDenied
    shown = []
    at = moment_at(incident, request.at)
    for run in runs_at(incident, request.actor, at):
        lines = lines_of(run, request.actor, at)
        shown.append({"run": run, "counts": counts_of(lines), "next": next_steps(lines)})
    may_start = incident.is_open and any(
        can_start(request.actor, incident, each.pk, request.at)
        for each in places_to_start(incident, request.actor)
    )
    context = {"incident": incident, "shown": shown, "may_start": may_start}
    return render(request, "aftercare/_at_incident.html", context)


@never_cache
@require_safe
def runs(request: Request) -> HttpResponse:
    """All runs that this visitor sees."""
    if not sees_panel(request.actor, None):
        raise PermissionDenied
    return render(request, "aftercare/runs.html", {"runs": runs_for(request.actor, request.at)[:100]})


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: Request, pk: UUID) -> HttpResponse:
    """Start by hand: what is in force, or the example."""
    incident = incident_or_404(request, pk)
    places = [
        each
        for each in places_to_start(incident, request.actor)
        if can_start(request.actor, incident, each.pk, request.at)
    ]
    if not places:
        raise PermissionDenied
    offers = [(place, plan_for_event(incident, place)) for place in places]
    if request.method == "POST":
        for place, chosen in offers:
            if place.pk == request.POST.get("gemeente"):
                at = moment_at(incident, request.at)
                run = start_run(incident, place, chosen, by=request.actor, at=at)
                return redirect("aftercare:now", run.pk)
        raise Http404
    context = {"incident": incident, "is_exercise": incident.is_exercise, "offers": offers}
    return render(request, "aftercare/start.html", context)


@require_POST
def change(request: Request, pk: UUID) -> HttpResponse:
    """Go on with the protocol that fits what is known now."""
    run = run_or_404(request, pk)
    if not can_lead(request.actor, run, request.at):
        raise Http404
    chosen = plan_for_event(run.incident, run.municipality)
    try:
        new = change_protocol(run, chosen, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("aftercare:board", pk)
    messages.success(request, _("De nazorg gaat verder met een ander protocol. Wat klaar is, blijft staan."))
    return redirect("aftercare:board", new.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def close(request: Request, pk: UUID) -> HttpResponse:
    """End a run."""
    run = run_or_404(request, pk)
    if not can_lead(request.actor, run, request.at):
        raise Http404
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_run(run, form.cleaned_data["reason"], by=request.actor, at=request.at)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("De nazorg is afgesloten."))
            return redirect("aftercare:board", pk)
    context = {
        "run": run, "is_exercise": run.incident.is_exercise, "form": form, "title": _("Nazorg afsluiten"),
        "button": _("Sluit de nazorg af"),
    }  # fmt: skip
    return render(request, "aftercare/write.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def compliance(request: Request) -> HttpResponse:
    """How well protocols are followed, per version and municipality."""
    if not sees_panel(request.actor, None):
        raise PermissionDenied
    rows = compliance_for(request.actor, request.at)
    return render(request, "aftercare/compliance.html", {"rows": rows})


@never_cache
@require_safe
def followed(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a version of a protocol: which steps were late or skipped before, and why."""
    version = version_or_404(request, pk)
    if not sees_panel(request.actor, None):
        raise PermissionDenied
    context = {
        "version": version,
        "lines": steps_followed(version, request.actor, request.at),
        "may_change": can_change(request.actor, version, request.at),
    }
    return render(request, "aftercare/_followed.html", context)
