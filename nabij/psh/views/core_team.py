"""The page of the PSH core team: advice, plan, contact persons, meetings, shelter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_stubs_ext import StrOrPromise

from nabij.accounts.http import Request
from nabij.incidents.models import Incident
from nabij.incidents.views.finding import incident_or_404, posted
from nabij.psh import actions
from nabij.psh.forms import AdviceForm, ContactForm, MeetingForm, PlanForm, ShelterForm
from nabij.psh.policies import can_advise, can_lead_core_team
from nabij.psh.queries import advice_for, core_team_of
from nabij.psh.queries.core_team import contact_people, last_plan


@dataclass(frozen=True)
class _Part:
    """One thing that the core team writes: its title, its form, and the action."""

    title: StrOrPromise
    form: type[forms.Form]
    action: Callable[..., object]
    by_adviser: bool = False


_PARTS = {
    "advies": _Part(gettext_lazy("Advies opschrijven"), AdviceForm, actions.give_advice, by_adviser=True),
    "plan": _Part(gettext_lazy("Nazorgplan schrijven"), PlanForm, actions.write_plan),
    "contact": _Part(gettext_lazy("Contactpersoon aanwijzen"), ContactForm, actions.appoint_contact),
    "bijeenkomst": _Part(gettext_lazy("Bijeenkomst plannen"), MeetingForm, actions.plan_meeting),
    "noodopvang": _Part(gettext_lazy("Noodopvang tellen"), ShelterForm, actions.count_shelter),
}


@never_cache
@require_safe
def core_team(request: Request, pk: UUID) -> HttpResponse:
    """Everything the core team keeps of this event; for its leader and its adviser, for others not there."""
    incident = _incident(request, pk)
    context = {
        "incident": incident,
        "team": core_team_of(incident, request.actor, request.at),
        "may_lead": can_lead_core_team(request.actor, incident, request.at),
        "may_advise": can_advise(request.actor, incident, request.at),
    }
    return render(request, "psh/core_team.html", context)


@require_http_methods(["GET", "POST"])
def write(request: Request, pk: UUID, part: str) -> HttpResponse:
    """One of the things that the core team writes."""
    incident = _incident(request, pk)
    found = _PARTS.get(part)
    if found is None or not _may_write(request, incident, found):
        raise Http404
    form = found.form(posted(request), **_options(request, incident, found))
    if request.method == "POST" and form.is_valid():
        found.action(incident, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Bewaard."))
        return redirect("psh:core_team", pk)
    context = {"form": form, "incident": incident, "title": found.title}
    return render(request, "psh/write.html", context, status=422 if form.errors else 200)


def _options(request: Request, incident: Incident, part: _Part) -> dict[str, Any]:
    if part.form is ContactForm:
        return {"people": contact_people(request.at)}
    plan = last_plan(incident) if part.form is PlanForm else None
    return {"initial": {"text": plan.text}} if plan else {}


def _may_write(request: Request, incident: Incident, part: _Part) -> bool:
    may = can_advise if part.by_adviser else can_lead_core_team
    return may(request.actor, incident, request.at)


@require_POST
def decide(request: Request, pk: UUID) -> HttpResponse:
    """Adopt advice, or not."""
    advice = get_object_or_404(advice_for(request.actor, request.at), pk=pk)
    if not can_lead_core_team(request.actor, advice.incident, request.at):
        raise Http404
    actions.decide_advice(advice, request.POST.get("besluit") == "ja", by=request.actor, at=request.at)
    return redirect("psh:core_team", advice.incident_id)


def _incident(request: Request, pk: UUID) -> Incident:
    incident = incident_or_404(request, pk)
    actor, at = request.actor, request.at
    if not (can_lead_core_team(actor, incident, at) or can_advise(actor, incident, at)):
        raise Http404
    return incident
