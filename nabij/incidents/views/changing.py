"""Changing an incident: facts, GRIP, closing, repeats."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.incidents import actions, policies
from nabij.incidents.forms import ChooseIncidentForm, FactsForm, GripForm
from nabij.incidents.models import Incident
from nabij.incidents.queries import repeat_candidates
from nabij.incidents.refusals import FactsConflict, Refused
from nabij.incidents.views.finding import incident_or_404, posted
from nabij.incidents.words import facts_in_words

_PAGE = require_http_methods(["GET", "HEAD", "POST"])


def show_form(
    request: Request, incident: Incident, form: forms.Form, title: str, submit_label: str, **context: Any
) -> HttpResponse:
    """A page with one form about an incident; 422 when something typed is not right yet."""
    page = {"incident": incident, "form": form, "title": title}
    status = 422 if form.is_bound else 200
    return render(
        request, "incidents/form.html", {**page, "submit_label": submit_label, **context}, status=status
    )


@_PAGE
def facts(request: Request, pk: UUID) -> HttpResponse:
    """Change what is known; who was paged is told by the app that paged."""
    incident = incident_or_404(request, pk)
    if not policies.can_change_facts(request.actor, incident, request.at):
        raise PermissionDenied
    form = FactsForm(posted(request), incident=incident, at=request.at)
    if form.is_valid() and _save_facts(request, incident, form):
        return redirect("incidents:room", incident.pk)
    return show_form(request, incident, form, _("Feiten wijzigen"), _("Bewaren"))


def _save_facts(request: Request, incident: Incident, form: FactsForm) -> bool:
    seen = form.cleaned_data["seen"]
    try:
        changed = actions.change_facts(incident, form.to_facts(), by=request.actor, at=request.at, seen=seen)
    except FactsConflict as conflict:
        form.show_conflict(conflict)
        return False
    text = (
        _("Gewijzigd: %(facts)s.") % {"facts": facts_in_words(changed)}
        if changed
        else _("Er is niets gewijzigd.")
    )
    messages.success(request, text)
    return True


@_PAGE
def grip(request: Request, pk: UUID) -> HttpResponse:
    """Record the GRIP level."""
    incident = incident_or_404(request, pk)
    if not policies.can_set_grip(request.actor, incident, request.at):
        raise PermissionDenied
    form = GripForm(posted(request), initial={"grip": incident.grip})
    if form.is_valid():
        actions.set_grip(incident, form.cleaned_data["grip"], by=request.actor, at=request.at)
        return redirect("incidents:room", incident.pk)
    return show_form(request, incident, form, _("GRIP-niveau"), _("Bewaren"))


def _try(request: Request, incident: Incident, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it, or say why it is not possible any more; back to the room."""
    try:
        act()
        messages.success(request, done)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("incidents:room", incident.pk)


@_PAGE
def close(request: Request, pk: UUID) -> HttpResponse:
    """Ask once, then close the incident."""
    incident = incident_or_404(request, pk)
    if request.method == "POST":
        act = partial(actions.close_incident, incident, by=request.actor, at=request.at)
        return _try(request, incident, act, _("De gebeurtenis is afgesloten."))
    context = {
        "incident": incident,
        "title": _("Gebeurtenis afsluiten"),
        "text": _("Er komt geen nieuwe hulp meer bij. U kunt dit terugdraaien. De nazorg gaat gewoon door."),
        "submit_label": _("Afsluiten"),
    }
    return render(request, "incidents/sure.html", context)


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    """Take a closing back."""
    incident = incident_or_404(request, pk)
    act = partial(actions.reopen_incident, incident, by=request.actor, at=request.at)
    return _try(request, incident, act, _("De gebeurtenis is weer open."))


@_PAGE
def repeat(request: Request, pk: UUID) -> HttpResponse:
    """Say which earlier incident this one repeats."""
    incident = incident_or_404(request, pk)
    if not policies.can_link_earlier(request.actor, incident, request.at):
        raise PermissionDenied
    form = ChooseIncidentForm(posted(request), repeat_candidates(incident, request.actor, request.at))
    if form.is_valid():
        earlier = form.cleaned_data["incident"]
        act = partial(actions.link_earlier, incident, earlier, by=request.actor, at=request.at)
        return _try(request, incident, act, _("Gekoppeld als herhaling."))
    return show_form(request, incident, form, _("Herhaling van een eerdere gebeurtenis"), _("Koppelen"))


@require_POST
def unlink(request: Request, pk: UUID, earlier_pk: UUID) -> HttpResponse:
    """Take a repeat back."""
    incident, earlier = incident_or_404(request, pk), incident_or_404(request, earlier_pk)
    act = partial(actions.unlink_earlier, incident, earlier, by=request.actor, at=request.at)
    return _try(request, incident, act, _("De koppeling is weg."))
