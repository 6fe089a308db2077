"""The one short form, behind the login and without it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nabij.accounts.http import Request
from nabij.audit.actor import ANONYMOUS, Actor
from nabij.contact.doors import CallerKind, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.incidents.forms import RequestForm
from nabij.incidents.policies import can_report
from nabij.incidents.queries import open_nearby
from nabij.incidents.refusals import Refused
from nabij.kit import clock, prefill
from nabij.on_call import actions
from nabij.on_call.links import link_token
from nabij.on_call.models import HelpAnswer
from nabij.on_call.queries import answer_of_form

_PAGE = require_http_methods(["GET", "HEAD", "POST"])
FORM = "ask_for_help"
DRAFT = "hulp-vragen"  # one key for both forms: what was typed before the login was lost is there again


@never_cache
@_PAGE
def ask(request: Request, pk: UUID | None = None) -> HttpResponse:
    """Ask for help as who is logged in; open incidents nearby are offered before sending.

    From something that was written down before (`pk`) the form begins with that.
    """
    if not can_report(request.actor, request.at):
        raise PermissionDenied
    first = prefill.beginning(FORM, pk, request.actor, request.at) if pk else {}
    if first is None:
        raise Http404
    form, answer = _ask(request, request.actor, request.at, first)
    if answer is not None:
        return redirect("on_call:answer", answer.pk)
    return _form_page(request, form, "on_call/ask.html", {"draft_key": f"{DRAFT}-{pk}"} if pk else {})


@never_cache
@login_not_required
@_PAGE
def ask_publicly(request: HttpRequest) -> HttpResponse:
    """Ask for help without a login: marked unverified, and no incident is shown to anybody here."""
    at = clock.now()
    form, answer = _ask(request, ANONYMOUS, at)
    if answer is not None:
        return redirect("on_call:public_answer", link_token(answer))
    doors = doors_for(CallerKind.MUNICIPALITY, Urgency.URGENT, at, opening_hours(), get_language() or "nl")
    return _form_page(request, form, "on_call/ask_publicly.html", {"doors": doors})


def _ask(
    request: HttpRequest, actor: Actor, at: datetime, first: dict[str, Any] | None = None
) -> tuple[RequestForm, HelpAnswer | None]:
    """The form, and the answer once it could be sent; a form sent twice gives the first answer."""
    if request.method != "POST":
        return RequestForm(actor=actor, at=at, initial=first or {}), None
    known = _known_answer(request.POST.get("form_key", ""), actor)
    form = RequestForm(request.POST, actor=actor, at=at)
    if known is not None or not form.is_valid():
        return form, known
    report = form.to_report()
    nearby = open_nearby(
        actor,
        at,
        municipality_codes=report.municipality_codes,
        happened_at=report.happened_at,
        place=report.place,
        district=report.district,
        is_exercise=report.is_exercise,
    )
    if nearby:
        form = RequestForm(request.POST, actor=actor, at=at, nearby=nearby)
        if not form.is_valid():
            return form, None
    try:
        return form, actions.ask_help(form.to_report(), by=actor, at=at)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return form, None


def _known_answer(form_key: str, actor: Actor) -> HelpAnswer | None:
    """What was answered on this very form, to the same kind of asker."""
    try:
        known = answer_of_form(UUID(form_key))
    except ValueError:
        return None
    return known if known is not None and known.request.asked_by_id == actor.id else None


def _form_page(
    request: HttpRequest, form: RequestForm, template: str, more: dict[str, object]
) -> HttpResponse:
    context = {"form": form, "draft_key": DRAFT, "offers_nearby": "add_to" in form.fields, **more}
    return render(request, template, context, status=422 if form.errors else 200)
