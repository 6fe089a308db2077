"""An event at night: call each partner, say that it was told, and that it said "received"."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.advice.actions import confirm_receipt, tell_partner
from nabij.advice.policies import can_tell_partner
from nabij.incidents.views.finding import incident_or_404
from nabij.partners.content import is_day
from nabij.partners.queries import numbers_at


@never_cache
@require_safe
def at_incident(request: Request, pk: UUID) -> HttpResponse:
    """Every partner of an event with the number to call now, and what was told and received."""
    incident = incident_or_404(request, pk)
    if not can_tell_partner(request.actor, incident, request.at):
        raise PermissionDenied
    found = numbers_at(incident, request.actor, request.at)
    context = {
        "incident": incident,
        "found": found,
        "is_day": is_day(request.at),
        "now": request.at,
        "told": sum(each.line.notice is not None for each in found),
    }
    return render(request, "partners/at_incident.html", context)


@require_POST
def tell(request: Request, pk: UUID, partner: str) -> HttpResponse:
    """Told just now, by telephone."""
    incident = incident_or_404(request, pk)
    try:
        tell_partner(incident, partner, request.at, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("partners:at_incident", pk)


@require_POST
def receive(request: Request, pk: UUID, partner: str) -> HttpResponse:
    """They said "received" just now."""
    incident = incident_or_404(request, pk)
    try:
        confirm_receipt(incident, partner, request.at, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("partners:at_incident", pk)
