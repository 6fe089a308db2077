"""The fixed contacts of a district and of an event."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.advice import actions
from nabij.advice.forms import ContactForm
from nabij.advice.policies import (
    can_ask_advice,
    can_name_contact,
    can_renew_contacts,
    can_see_contacts,
    side_of,
)
from nabij.advice.queries import candidates_for, contacts_at, contacts_of, district_of, former_contacts
from nabij.incidents.views.finding import incident_or_404
from nabij.knowledge.models import District
from nabij.knowledge.queries import districts_for


@never_cache
@require_safe
def at_incident(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: the pair, with function and number."""
    incident = incident_or_404(request, pk)
    if not can_see_contacts(request.actor):
        raise PermissionDenied
    lines = contacts_at(incident, request.at)
    context = {
        "incident": incident,
        "lines": lines,
        "has_nobody": not any(line.membership for line in lines),
        "may_ask": can_ask_advice(request.actor),
        "may_renew": can_renew_contacts(request.actor, incident, request.at),
    }
    return render(request, "advice/_at_incident.html", context)


@require_http_methods(["GET", "POST"])
def renew(request: Request, pk: UUID) -> HttpResponse:
    """The event gets the pair that its district has now."""
    incident = incident_or_404(request, pk)
    if not can_renew_contacts(request.actor, incident, request.at):
        raise PermissionDenied
    if request.method == "POST":
        actions.renew_contacts(incident, by=request.actor, at=request.at)
        messages.success(request, _("De contactpersonen van de wijk staan nu bij deze gebeurtenis."))
        return redirect("incidents:room", pk)
    district = district_of(incident)
    context = {
        "incident": incident,
        "district": district,
        "lines": contacts_of(district, request.at) if district else [],
    }
    return render(request, "advice/renew.html", context)


@never_cache
@require_safe
def at_district(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a district: the pair now, and who it was before."""
    district = _district_or_404(request, pk)
    context = {
        "district": district,
        "lines": contacts_of(district, request.at),
        "former": former_contacts(district),
        "may_name": can_name_contact(request.actor, district, request.at),
    }
    return render(request, "advice/_at_district.html", context)


@require_http_methods(["GET", "POST"])
def name_contact(request: Request, pk: UUID) -> HttpResponse:
    """Name the fixed contact of my side."""
    district = _district_or_404(request, pk)
    if not can_name_contact(request.actor, district, request.at):
        raise PermissionDenied
    form = ContactForm(request.POST or None, people=candidates_for(request.actor, request.at))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["membership"].pk
        actions.name_contact(district, chosen, by=request.actor, at=request.at)
        messages.success(request, _("De vaste contactpersoon is aangewezen."))
        return redirect("knowledge:district", pk)
    side = side_of(request.actor)
    context = {"form": form, "district": district, "side": side.label if side else ""}
    return render(request, "advice/name_contact.html", context, status=422 if form.errors else 200)


def _district_or_404(request: Request, pk: UUID) -> District:
    found: District = get_object_or_404(districts_for(request.actor, request.at), pk=pk)
    return found
