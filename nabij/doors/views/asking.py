"""Asking for people in office hours, and promising them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.doors import actions
from nabij.doors.forms import AskForm
from nabij.doors.models import AskedFor, StreetAsk
from nabij.doors.policies import can_accept, can_ask, can_withdraw_ask
from nabij.doors.queries import asks_for, candidates_for, people_of
from nabij.doors.views.finding import ask_or_404, incident_or_404, uuids
from nabij.rosters.languages import language_choices


@never_cache
@require_safe
def asks(request: Request) -> HttpResponse:
    """Panel of the desk: what municipalities ask."""
    return render(request, "doors/_asks.html", {"asks": asks_for(request.actor, request.at)[:10]})


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: UUID) -> HttpResponse:
    """Ask victim support for people."""
    incident = incident_or_404(request, pk)
    if not can_ask(request.actor, incident, request.at):
        raise PermissionDenied
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        wanted = actions.Asked(
            **(clean | {"kind": AskedFor(clean["kind"]), "languages": tuple(clean["languages"])})
        )
        try:
            made = actions.ask_people(incident, wanted, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De vraag is verstuurd. Hier ziet u wie er komen."))
            return redirect("doors:asked", made.pk)
    context = {"form": form, "incident": incident}
    return render(request, "doors/ask.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def asked(request: Request, pk: UUID) -> HttpResponse:
    """How far an ask is; victim support promises people here."""
    found = ask_or_404(request, pk)
    chosen = uuids(request.POST.getlist("wie"))
    if request.method == "POST" and _accept(request, found, chosen):
        return redirect("doors:asked", pk)
    may_accept = found.state == "open" and can_accept(request.actor, found, request.at)
    names = dict(language_choices())
    context = {
        "ask": found,
        "languages": [names.get(code, code) for code in found.languages],
        "people": people_of(found),
        "candidates": [
            (each, [names.get(code, code) for code in each.languages])
            for each in (candidates_for(found, request.actor, request.at) if may_accept else [])
        ],
        "chosen": chosen,
        "may_accept": may_accept,
        "may_withdraw": found.state != "withdrawn" and can_withdraw_ask(request.actor, found, request.at),
    }
    return render(request, "doors/asked.html", context, status=422 if request.method == "POST" else 200)


def _accept(request: Request, found: StreetAsk, chosen: list[UUID]) -> bool:
    try:
        actions.accept_ask(found, chosen, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
        return False
    messages.success(request, _("De mensen zijn toegezegd. De gemeente ziet wie er komen."))
    return True


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Nobody is needed any more."""
    actions.withdraw_ask(ask_or_404(request, pk), by=request.actor, at=request.at)
    messages.success(request, _("De vraag is ingetrokken."))
    return redirect("doors:asked", pk)
