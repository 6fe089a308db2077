"""The answer at once, and how far the help is; also for who asked without a login."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.incidents.policies import can_withdraw
from nabij.incidents.refusals import Refused
from nabij.kit import clock
from nabij.on_call import actions
from nabij.on_call.models import HelpAnswer
from nabij.on_call.policies import can_lead
from nabij.on_call.queries import answer_of_link, answers_for, progress_of
from nabij.on_call.said import said_of
from nabij.on_call.views.asking import DRAFT


@never_cache
@require_safe
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Number, who does what, who is alerted, when to expect a call, and the steps of the help, live."""
    found = get_object_or_404(answers_for(request.actor, request.at), pk=pk)
    context = _context(found, request.at)
    context["may_withdraw"] = can_withdraw(request.actor, found.request, request.at)
    context["may_lead"] = can_lead(request.actor, found.request.incident, request.at)
    return render(request, "on_call/answer.html", context)


@never_cache
@require_safe
def progress(request: Request, pk: UUID) -> HttpResponse:
    """The steps of the help, fetched again and again."""
    found = get_object_or_404(answers_for(request.actor, request.at), pk=pk)
    return render(request, "on_call/_progress.html", _context(found, request.at))


@never_cache
@login_not_required
@require_safe
def public_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The same for who asked without a login: what they typed and the steps, until the address expires."""
    at = clock.now()
    found = answer_of_link(token, at)
    if found is None:
        return render(request, "on_call/answer_gone.html", status=404)
    response = render(request, "on_call/public_answer.html", {**_context(found, at), "token": token})
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@login_not_required
@require_safe
def public_progress(request: HttpRequest, token: str) -> HttpResponse:
    """The steps of the help for who asked without a login."""
    at = clock.now()
    found = answer_of_link(token, at)
    if found is None:
        raise Http404
    return render(request, "on_call/_progress.html", _context(found, at))


def _context(found: HelpAnswer, at: datetime) -> dict[str, Any]:
    return {
        "answer": found,
        "help_request": found.request,
        "said": said_of(found, at, get_language() or "nl"),
        "progress": progress_of(found),
        "is_exercise": found.request.incident.is_exercise,
        "draft_key": DRAFT,
    }


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Help is no longer needed."""
    found = get_object_or_404(answers_for(request.actor, request.at), pk=pk)
    try:
        actions.withdraw_help(found, by=request.actor, at=request.at)
        messages.success(request, _("Uw verzoek is ingetrokken. Wie was opgeroepen, hoort dat."))
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("on_call:answer", pk)


@require_POST
def page(request: Request, pk: UUID) -> HttpResponse:
    """The desk pages for a request that waited."""
    found = get_object_or_404(answers_for(request.actor, request.at), pk=pk)
    try:
        paged = actions.page_now(found, by=request.actor, at=request.at)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        if paged.has_failed:
            messages.error(request, _("Het oproepen is niet gelukt. Bel de coördinator zelf."))
        else:
            messages.success(request, _("Het piket wordt opgeroepen."))
    return redirect("on_call:lead", found.request.incident_id)
