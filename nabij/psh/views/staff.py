"""Requests for staff: asked by the GGD, offered by victim support, answered by who was offered."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.incidents.views.finding import incident_or_404
from nabij.psh import actions
from nabij.psh.forms import StaffForm
from nabij.psh.models import StaffOffer, StaffRequest
from nabij.psh.policies import (
    can_advise,
    can_answer_offer,
    can_ask_staff,
    can_lead_core_team,
    can_offer,
    can_withdraw_request,
    sees_names,
)
from nabij.psh.queries import candidates_for, offers_of_me, requests_for, supply_of
from nabij.psh.queries.staff import offer_with, supplies_at


@never_cache
@require_safe
def requests(request: Request) -> HttpResponse:
    """Panel of the desk: what was asked, and how many are short."""
    found = [supply_of(each) for each in requests_for(request.actor, request.at)[:10]]
    return render(request, "psh/_requests.html", {"supplies": found})


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """Panel of the desk: for what I was offered."""
    return render(request, "psh/_mine.html", {"offers": offers_of_me(request.actor, request.at)})


@never_cache
@require_safe
def at_incident(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: asked, confirmed and short, and the way to the core team."""
    incident = incident_or_404(request, pk)
    actor, at = request.actor, request.at
    if not (actor.may(Permission.ASK_STAFF) or actor.may(Permission.OFFER_STAFF)):
        raise PermissionDenied
    context = {
        "incident": incident,
        "supplies": supplies_at(incident),
        "may_ask": can_ask_staff(actor, incident, at),
        "has_core_team": can_lead_core_team(actor, incident, at) or can_advise(actor, incident, at),
    }
    return render(request, "psh/_at_incident.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: UUID) -> HttpResponse:
    """Ask for staff."""
    incident = incident_or_404(request, pk)
    if not can_ask_staff(request.actor, incident, request.at):
        raise PermissionDenied
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        asked = actions.Asked(**(clean | {"modules": tuple(clean["modules"])}))
        made = actions.ask_staff(incident, asked, by=request.actor, at=request.at)
        messages.success(request, _("Het verzoek is verstuurd. Hier ziet u hoeveel mensen er komen."))
        return redirect("psh:request", made.pk)
    context = {"form": form, "incident": incident}
    return render(request, "psh/ask.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def request(request: Request, pk: UUID) -> HttpResponse:
    """How far a request is; victim support offers people here."""
    own = offers_of_me(request.actor, request.at).filter(request_id=pk).first()
    found = requests_for(request.actor, request.at).filter(pk=pk).first()
    if found is None and own is None:
        raise Http404
    if found is None:
        return render(request, "psh/offered.html", {"offer": own})
    may_offer = can_offer(request.actor, found, request.at)
    if request.method == "POST":
        _offer(request, found)
        return redirect("psh:request", pk)
    supply = supply_of(found)
    context = {
        "supply": supply,
        "candidates": candidates_for(found, request.actor, request.at) if may_offer else [],
        "sees_names": sees_names(request.actor, found),
        "sees_offers": may_offer,
        "answerable": {
            offer.pk for offer in supply.offers if can_answer_offer(request.actor, offer, request.at)
        },
        "may_withdraw": can_withdraw_request(request.actor, found, request.at),
    }
    return render(request, "psh/request.html", context)


def _offer(request: Request, found: StaffRequest) -> None:
    try:
        chosen = [UUID(each) for each in request.POST.getlist("wie")]
        offers = actions.offer_people(found, chosen, by=request.actor, at=request.at)
    except (ValueError, ValidationError):
        messages.warning(request, _("Dit kan niet meer. Kijk hoe het verzoek er nu voor staat."))
    else:
        dropped = sum(offer.decided_at is not None for offer in offers)
        said = _("%(number)s mensen aangeboden, %(dropped)s vallen af.")
        messages.success(request, said % {"number": len(offers), "dropped": dropped})


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """No staff are needed any more."""
    found = get_object_or_404(requests_for(request.actor, request.at), pk=pk)
    actions.withdraw_request(found, by=request.actor, at=request.at)
    messages.success(request, _("Het verzoek is ingetrokken. Iedereen die was aangeboden, hoort dat."))
    return redirect("psh:request", pk)


@require_POST
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Whoever was offered comes or cannot; a coordinator writes it down for somebody who phoned."""
    offer = _offer_or_404(request, pk)
    try:
        held = actions.answer_offer(
            offer, request.POST.get("antwoord") == "ja", by=request.actor, at=request.at
        )
        messages.success(request, _("Genoteerd: %(state)s.") % {"state": held.get_state_display()})
    except ValidationError as error:
        messages.warning(request, error.message)
    return redirect("psh:request", offer.request_id)


def _offer_or_404(request: Request, pk: UUID) -> StaffOffer:
    offer = offer_with(pk)
    if offer is None or not can_answer_offer(request.actor, offer, request.at):
        raise Http404
    return offer
