"""Seeing centres: the list, one centre, its panel in the incident room, and what would go live."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.centres import policies
from nabij.centres.forms import NextMessageForm, ReasonForm
from nabij.centres.models import BASE_LANGUAGES, AdviceCentre, Language, Readership
from nabij.centres.pages import address, centre_page
from nabij.centres.queries import (
    centre_of,
    centres_for,
    commission_words,
    in_page_order,
    missing,
    text_states,
)
from nabij.centres.queries.shown import shown_languages
from nabij.centres.views.finding import centre_or_404
from nabij.incidents.views.finding import incident_or_404
from nabij.incidents.words import topic_in_words
from nabij.kit import panels


@require_safe
def index(request: Request) -> HttpResponse:
    """All centres that one sees: those not live yet first, by target."""
    centres = list(centres_for(request.actor, request.at))
    return render(request, "centres/index.html", {"centres": centres, "now": request.at})


@require_safe
def detail(request: Request, pk: UUID) -> HttpResponse:
    """One centre: its clock, what is missing, its texts and messages, and what this visitor may do."""
    centre = centre_or_404(request, pk)
    states = text_states(centre)
    begun = {*BASE_LANGUAGES, *(state.text.language for state in states)}
    context = {
        "centre": centre,
        "now": request.at,
        "topic": topic_in_words(centre.incident.topic),
        "wanting": missing(states),
        "rows": in_page_order(states),
        "news": [state for state in states if state.text.is_message],
        "waiting": sum(len(state.proposals) for state in states),
        "commission": commission_words(centre),
        "addresses": [
            (label, code, address(centre, code), code in shown_languages(states))
            for code, label in Language.choices
            if code in begun
        ],
        "panels": panels.shown("centre", request, centre),
        "may": _may(request, centre),
        "reason_form": ReasonForm(),
        "next_form": NextMessageForm(),
        "is_exercise": centre.incident.is_exercise,
    }
    return render(request, "centres/detail.html", context)


def _may(request: Request, centre: AdviceCentre) -> dict[str, bool]:
    """What this visitor may do here, for the buttons; the actions ask again."""
    asked = (request.actor, centre, request.at)
    return {
        "edit": policies.can_edit(*asked),
        "approve": policies.can_approve(*asked),
        "withdraw": policies.can_withdraw(*asked),
        "preview": policies.can_preview(*asked),
        "go_live": policies.can_go_live(*asked),
        "take_offline": policies.can_take_offline(*asked),
        "give_reason": policies.can_give_reason(*asked),
        "build": policies.can_build(*asked),
    }


@require_safe
def panel(request: Request, incident_pk: UUID) -> HttpResponse:
    """The centre in the incident room: process data only; or the two ways to commission one."""
    incident = incident_or_404(request, incident_pk)
    if not policies.sees_panel(request.actor, incident):
        raise Http404
    centre = centre_of(incident)
    context = {
        "incident": incident,
        "centre": centre,
        "now": request.at,
        "wanting": missing(text_states(centre)) if centre and not centre.is_live else [],
        "may_commission": policies.can_commission(request.actor, incident, request.at),
        "may_enter_spoken": policies.can_enter_spoken(request.actor, incident, request.at),
    }
    return render(request, "centres/_panel.html", context)


@require_safe
def preview(request: Request, pk: UUID, language: str) -> HttpResponse:
    """Exactly what would go live now, in this language; or what the closed part reads."""
    centre = centre_or_404(request, pk)
    if language not in Language.values or not policies.can_preview(request.actor, centre, request.at):
        raise Http404(_("Dit voorbeeld is er niet."))
    audience = Readership.CLOSED if request.GET.get("voor") == "besloten" else Readership.OPEN
    return HttpResponse(centre_page(centre, language, audience))
