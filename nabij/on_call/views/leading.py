"""The coordinator's page of one incident: who was asked, who comes, call workers, stand down."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.incidents.models import Incident
from nabij.incidents.refusals import Refused
from nabij.incidents.views.finding import incident_or_404
from nabij.incidents.words import topic_in_words
from nabij.kit import panels
from nabij.on_call import actions, policies, queries
from nabij.on_call.forms import CallWorkersForm, HandOverForm
from nabij.on_call.models import Receiver
from nabij.on_call.words import place_in_words
from nabij.paging.actions import ask_next_now, drop_need
from nabij.paging.models import Answer, Page, PageState
from nabij.paging.quorum import quorum_of
from nabij.rosters.languages import skill_in_words


@never_cache
@require_safe
def lead(request: Request, pk: UUID) -> HttpResponse:
    """Who was asked and what they said, who comes, and the buttons to call workers or stand down."""
    incident = _incident(request, pk)
    return _page(request, incident, CallWorkersForm())


@never_cache
@require_safe
def asked(request: Request, pk: UUID) -> HttpResponse:
    """The changing part of that page."""
    incident = _incident(request, pk)
    return render(request, "on_call/_asked.html", _asked_context(request, incident))


def _incident(request: Request, pk: UUID) -> Incident:
    incident = incident_or_404(request, pk)
    if not policies.can_lead(request.actor, incident, request.at):
        raise PermissionDenied
    return incident


def _asked_context(request: Request, incident: Incident) -> dict[str, Any]:
    return {
        "incident": incident,
        "pages": [_call(page) for page in queries.pages_at(incident)],
        "deployments": list(queries.deployments_of(incident)),
        "passed_over": queries.passed_over_at(incident, request.actor, request.at),
        "at": request.at,
    }


def _call(page: Page) -> dict[str, Any]:
    """A page with how many said yes, and which languages are still lacking."""
    lacking = {} if page.is_closed else quorum_of(page).lacking
    return {
        "page": page,
        "coming": sum(ask.answer == Answer.ACCEPTED for ask in page.asks.all()),
        "lacking": [(skill, skill_in_words(skill)) for skill in lacking],
        "may_hurry": page.state == PageState.OPEN,
    }


def _page(request: Request, incident: Incident, form: CallWorkersForm) -> HttpResponse:
    context = {
        **_asked_context(request, incident),
        "form": form,
        "what": topic_in_words(incident.topic),
        "where": place_in_words(incident),
        "is_exercise": incident.is_exercise,
        "hand_over_form": HandOverForm(),
        "handed_over": queries.hand_overs_at(incident).first(),
        "panels": panels.shown("lead", request, incident),
        "may_call": policies.can_call_workers(request.actor, incident, request.at),
        "waiting": [
            each
            for each in queries.waiting_for(request.actor, request.at)
            if each.answer.request.incident_id == incident.pk
        ],
    }
    return render(request, "on_call/lead.html", context, status=422 if form.errors else 200)


@require_POST
def call(request: Request, pk: UUID) -> HttpResponse:
    """Call workers on duty."""
    incident = _incident(request, pk)
    form = CallWorkersForm(request.POST)
    if not form.is_valid():
        return _page(request, incident, form)
    needed, language = form.cleaned_data["needed"], form.cleaned_data["language"]
    languages = {language: 1} if language else {}
    try:
        page = actions.call_workers(
            incident, needed, languages=languages, with_coordinator=form.cleaned_data["with_coordinator"],
            by=request.actor, at=request.at,
        )  # fmt: skip
        said = ngettext(
            "Er wordt %(count)s medewerker opgeroepen.",
            "Er worden %(count)s medewerkers opgeroepen.",
            page.needed,
        )
        messages.success(request, said % {"count": page.needed})
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("on_call:lead", pk)


@require_POST
def change_call(request: Request, pk: UUID, page_id: UUID) -> HttpResponse:
    """Do not wait: ask the next group now, or go without a language that nobody speaks."""
    incident = _incident(request, pk)
    page = get_object_or_404(queries.pages_at(incident), pk=page_id)
    if skill := request.POST.get("zonder", ""):
        drop_need(page, skill, by=request.actor, at=request.at)
        messages.success(request, _("Dat wordt niet meer gevraagd."))
    elif ask_next_now(page, by=request.actor, at=request.at):
        messages.success(request, _("De volgende groep wordt nu opgeroepen."))
    else:
        messages.info(request, _("Er is geen volgende groep meer."))
    return redirect("on_call:lead", pk)


@require_POST
def stand_down(request: Request, pk: UUID) -> HttpResponse:
    """Nobody need come any more."""
    incident = _incident(request, pk)
    if actions.stand_down_help(incident, by=request.actor, at=request.at):
        messages.success(request, _("Afgeblazen. Iedereen die was opgeroepen, hoort dat."))
    else:
        messages.info(request, _("Er was niemand meer opgeroepen of onderweg."))
    return redirect("on_call:lead", pk)


@require_POST
def hand_over(request: Request, pk: UUID) -> HttpResponse:
    """The help goes on elsewhere."""
    incident = _incident(request, pk)
    form = HandOverForm(request.POST)
    if form.is_valid():
        receiver = Receiver(form.cleaned_data["receiver"])
        actions.hand_over_help(incident, receiver, by=request.actor, at=request.at)
        messages.success(request, _("De hulp is overgedragen. De aanvrager ziet dat."))
    else:
        messages.warning(request, _("Kies wie er verdergaat met de hulp."))
    return redirect("on_call:lead", pk)


@never_cache
@require_safe
def on_the_move(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: who is coming and who is there."""
    incident = incident_or_404(request, pk)
    context = {
        "incident": incident,
        "move": queries.on_the_move(incident, request.actor, request.at),
        "may_lead": policies.can_lead(request.actor, incident, request.at),
        "at": request.at,
    }
    return render(request, "on_call/_on_the_move.html", context)
