"""Pages of waves: reporting, the list, one wave, its letters."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.queries import places_of
from nabij.accounts.roles import Permission
from nabij.campaigns import actions
from nabij.campaigns.content import words_for_neighbours
from nabij.campaigns.forms import AddressesForm, NeighboursForm, ReportForm
from nabij.campaigns.models import Report, Wave
from nabij.campaigns.policies import can_contact, can_lead
from nabij.campaigns.queries import (
    asks_meeting,
    figures_of,
    press_may_hear_at,
    waiting_for_contact,
    waves_for,
)
from nabij.incidents.views.finding import incident_or_404, posted


@require_safe
def overview(request: Request) -> HttpResponse:
    """The waves of the own area."""
    if not request.actor.may(Permission.RUN_AFTERCARE):
        raise Http404
    return render(request, "campaigns/overview.html", {"waves": waves_for(request.actor, request.at)[:50]})


@require_safe
def running(request: Request) -> HttpResponse:
    """Panel of the desk: what runs now."""
    waves = waves_for(request.actor, request.at).filter(closed_at__isnull=True)
    return render(request, "campaigns/_running.html", {"waves": waves})


@require_safe
def at_incident(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the event: the wave it stands for, as numbers."""
    incident = incident_or_404(request, pk)
    found = waves_for(request.actor, request.at).filter(incident=incident).first()
    context = {"wave": found, "figures": figures_of(found, request.at) if found else None}
    return render(request, "campaigns/_at_incident.html", context)


@require_http_methods(["GET", "POST"])
def report(request: Request) -> HttpResponse:
    """Report one burglary or scam; the page says at once when it made a wave."""
    may = request.actor.may(Permission.REFER_PEOPLE) or request.actor.may(Permission.RUN_AFTERCARE)
    if not may:
        raise Http404
    form = ReportForm(posted(request), places=places_of(request.actor, request.at))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.report(form.data_of(), by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("Gemeld. Dit hoort bij een golf.") if row.wave else _("Gemeld.")
            messages.success(request, said)
            return redirect("campaigns:report")
    return render(request, "campaigns/report.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def wave(request: Request, pk: UUID) -> HttpResponse:
    """One wave: numbers, who still waits, letters, and whether the press may hear."""
    found, actor, at = _wave_or_404(request, pk), request.actor, request.at
    figures = figures_of(found, at)
    context = {
        "wave": found,
        "figures": figures,
        "may_lead": can_lead(actor, found, at),
        "organisation_id": actor.organisation_id,
        "may_contact": can_contact(actor, found, at),
        "waiting": waiting_for_contact(found),
        "press_at": press_may_hear_at(found),
        "asks_meeting": asks_meeting(found, figures),
    }
    return render(request, "campaigns/wave.html", context)


@require_http_methods(["GET", "POST"])
def addresses(request: Request, pk: UUID) -> HttpResponse:
    """A circle of addresses that get a letter."""
    found = _wave_or_404(request, pk)
    if not can_lead(request.actor, found, request.at):
        raise Http404
    form = AddressesForm(posted(request), family=found.family)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            added = actions.add_addresses(
                found, told["kind"], told["addresses"], by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = _("%(new)s van %(given)s adressen toegevoegd. De andere stonden er al.")
            messages.success(request, words % {"new": added.new, "given": added.given})
            return redirect("campaigns:wave", pk)
    context = {"form": form, "wave": found}
    return render(request, "campaigns/addresses.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def take(request: Request, pk: UUID, template: str) -> HttpResponse:
    """The addresses of one letter, for who brings them round; the name of the file says nothing."""
    found = _wave_or_404(request, pk)
    try:
        lines = actions.take_addresses(found, template, by=request.actor, at=request.at)
    except PermissionDenied as error:
        raise Http404 from error
    headers = {"Content-Disposition": 'attachment; filename="adressen.txt"'}
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8", headers=headers)


@never_cache
@require_http_methods(["GET", "POST"])
def neighbours(request: Request, pk: UUID) -> HttpResponse:
    """A message for the neighbours' app: written, looked at, and then to be copied."""
    found = _wave_or_404(request, pk)
    if not can_lead(request.actor, found, request.at):
        raise Http404
    start = words_for_neighbours(found.family, area=found.area, town=found.municipality.name)
    form, checked = NeighboursForm(posted(request), initial={"text": start}), ""
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data["text"]
            checked = actions.tell_neighbours(found, told, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "wave": found, "checked": checked}
    return render(request, "campaigns/neighbours.html", context, status=422 if form.errors else 200)


@require_POST
def told(request: Request, pk: UUID) -> HttpResponse:
    """The victims were told of an arrest."""
    found = _wave_or_404(request, pk)
    try:
        actions.tell_victims(found, by=request.actor, at=request.at)
    except PermissionDenied as error:
        raise Http404 from error
    return redirect("campaigns:wave", pk)


@require_POST
def reached(request: Request, pk: UUID) -> HttpResponse:
    """Somebody who said yes was reached."""
    row = get_object_or_404(Report, pk=pk, wave__in=waves_for(request.actor, request.at).values("pk"))
    try:
        actions.note_contact(row, by=request.actor, at=request.at)
    except (PermissionDenied, ValidationError) as error:
        raise Http404 from error
    return redirect("campaigns:wave", row.wave_id)


def _wave_or_404(request: Request, pk: UUID) -> Wave:
    return get_object_or_404(waves_for(request.actor, request.at), pk=pk)
