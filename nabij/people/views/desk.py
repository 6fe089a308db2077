"""The desk: counts for who works on the incident, names for registrars, what is held."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.incidents.views.finding import incident_or_404
from nabij.people import queries
from nabij.people.actions.registering import believe as believe_sender
from nabij.people.models import Receiver
from nabij.people.policies import can_count, can_list
from nabij.people.queries import Shown
from nabij.people.queries.spooling import tally_since
from nabij.people.submissions import as_given
from nabij.privacy.purposes import Purpose
from nabij.spool import writing as spool
from nabij.spool.segments import set_aside_count

PER_PAGE = 50
TALLIED = timedelta(days=30)
TABS = {
    Shown.ALL: "Alle", Shown.URGENT: "Vandaag nodig", Shown.CALL_BACK: "Terugbellen (geen e-mail)",
    Shown.UNREACHABLE: "Bellen zelf (geen telefoon of e-mail)", Shown.SUSPECT: "Apart gezet",
    Shown.WITHDRAWN: "Ingetrokken",
}  # fmt: skip


@require_safe
def counts(request: Request, pk: UUID) -> HttpResponse:
    """The panel of the incident room: how many, never who."""
    incident = incident_or_404(request, pk)
    if not can_count(request.actor, incident, request.at):
        raise PermissionDenied("Aantallen van aanmeldingen horen niet bij uw rol.")
    found = queries.registration_counts(incident.pk)
    page = {
        "incident": incident,
        "counts": found,
        "consents": [(Receiver(receiver).label, number) for receiver, number in found.consents.items()],
        "may_list": can_list(request.actor),
    }
    return render(request, "people/_counts.html", page)


@require_safe
def registrations(request: Request, pk: UUID) -> HttpResponse:
    """Names and needs of one incident, for who was given access; each look is written in the read log."""
    if not can_list(request.actor):
        raise PermissionDenied("Namen van aanmeldingen horen niet bij uw rol.")
    incident = incident_or_404(request, pk)
    shown = queries.shown_of(request.GET.get("wie", ""))
    found = queries.registrations_for(request.actor, request.at).filter(incident=incident)
    said = request.GET.get("kenmerk", "").strip()[:60]
    found = found.filter(reference=as_given(said)) if said else queries.list_of(found, shown)
    part = Paginator(found, PER_PAGE).get_page(request.GET.get("blad"))
    lines = queries.lines_of(part.object_list)
    people = [line.registration.person_id for line in lines]
    log_read(people, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    page = {"incident": incident, "lines": lines, "part": part, "tabs": TABS, "shown": shown, "said": said}
    return render(request, "people/registrations.html", page)


@require_POST
def believe(request: Request, pk: UUID, registration_pk: UUID) -> HttpResponse:
    """A person sent this after all."""
    found = queries.registrations_for(request.actor, request.at).filter(incident_id=pk)
    believe_sender(get_object_or_404(found, pk=registration_pk), by=request.actor, at=request.at)
    return redirect(f"{reverse('people:registrations', args=[pk])}?wie={Shown.SUSPECT}")


@require_safe
def work(request: Request) -> HttpResponse:
    """The panel on the registrar's desk: per incident how many registered and whom to phone; never a name."""
    if not can_list(request.actor):
        raise PermissionDenied("Aanmeldingen horen niet bij uw rol.")
    page = {
        "rows": queries.counts_by_incident(request.actor, request.at),
        "number_held": queries.held_for(request.actor).count(),
        "urgent": Shown.URGENT.value,
    }
    return render(request, "people/_work.html", page)


@require_safe
def held(request: Request) -> HttpResponse:
    """Registrations whose incident is unknown, and how many pieces of the spool could not be read."""
    if not can_list(request.actor):
        raise PermissionDenied("Aanmeldingen horen niet bij uw rol.")
    page = {
        "held": queries.held_for(request.actor)[:PER_PAGE],
        "number_held": queries.held_for(request.actor).count(),
        "number_aside": set_aside_count(spool.folder()),
        "tally": tally_since(request.at - TALLIED),
    }
    return render(request, "people/held.html", page)
