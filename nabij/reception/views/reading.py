"""Counts for the incident room, the report without names, and the way in for who goes there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.incidents.views.finding import incident_or_404 as seen_incident_or_404
from nabij.on_call.queries import deployments_for
from nabij.reception.policies import can_receive, shows_counts
from nabij.reception.queries import incident_for, is_anything, report_of


@never_cache
@require_safe
def counts(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: how many were received, never who."""
    incident = seen_incident_or_404(request, pk)
    if not shows_counts(request.actor, incident):
        raise PermissionDenied
    context = {
        "incident": incident,
        "report": report_of(incident, request.actor) if is_anything(incident) else None,
        "may_receive": can_receive(request.actor, incident, request.at),
    }
    return render(request, "reception/_counts.html", context)


@never_cache
@require_safe
def report(request: Request, pk: UUID) -> HttpResponse:
    """The report of the reception without names: places, counts, needs, talks, agreed presence."""
    incident = incident_for(request.actor, pk, request.at)
    if incident is None:
        raise Http404
    context = {"incident": incident, "report": report_of(incident, request.actor)}
    return render(request, "reception/report.html", context)


@never_cache
@require_safe
def door(request: Request, pk: UUID) -> HttpResponse:
    """Panel of one's own deployment: the way to the reception."""
    deployment = get_object_or_404(deployments_for(request.actor, request.at), pk=pk)
    return render(request, "reception/_door.html", {"deployment": deployment})
