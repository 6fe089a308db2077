"""Partners that were told of an event, and those that were not yet."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.advice import actions, content
from nabij.advice.forms import NoticeForm
from nabij.advice.policies import can_tell_partner
from nabij.advice.queries import notices_at
from nabij.incidents.views.finding import incident_or_404
from nabij.kit import panels


@never_cache
@require_safe
def partners_at(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: who was told, and who not yet."""
    incident = incident_or_404(request, pk)
    lines = notices_at(incident, request.at)
    mine = content.partner_of(request.actor.organisation_kind)
    may_tell = can_tell_partner(request.actor, incident, request.at)
    context = {
        "incident": incident,
        "told": [line for line in lines if line.notice],
        "waiting": [line for line in lines if line.notice is None],
        "may_tell": may_tell,
        "mine": mine if not may_tell else "",
        "doors": panels.doors("partners", request, incident),
    }
    return render(request, "advice/_partners_at.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def partners(request: Request, pk: UUID) -> HttpResponse:
    """Write down which partner was told, and when."""
    incident = incident_or_404(request, pk)
    if not can_tell_partner(request.actor, incident, request.at):
        raise PermissionDenied
    lines = notices_at(incident, request.at)
    first = next((line.partner for line in lines if line.notice is None), "")
    form = NoticeForm(request.POST or None, initial={"informed_at": request.at, "partner": first})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.tell_partner(
                incident, clean["partner"], clean["informed_at"], by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("advice:partners", pk)
    context = {"incident": incident, "lines": lines, "form": form}
    return render(request, "advice/partners.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: Request, pk: UUID, partner: str) -> HttpResponse:
    """It was a mistake: this partner was not told."""
    incident = incident_or_404(request, pk)
    if actions.take_back_notice(incident, partner, by=request.actor, at=request.at):
        messages.success(request, _("Weggehaald: deze partner is nog niet ingelicht."))
    return redirect("advice:partners", pk)


@require_POST
def receive(request: Request, pk: UUID, partner: str) -> HttpResponse:
    """The partner says "received" now: on the page of who told it, or with a login of its own."""
    incident = incident_or_404(request, pk)
    try:
        actions.confirm_receipt(incident, partner, request.at, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Opgeschreven: deze partner heeft het ontvangen."))
    if can_tell_partner(request.actor, incident, request.at):
        return redirect("advice:partners", pk)
    return redirect("incidents:room", pk)
