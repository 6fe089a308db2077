"""The log of the advice line."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.accounts.queries import places_of
from nabij.advice import actions
from nabij.advice.forms import CallForm
from nabij.advice.policies import can_answer_advice
from nabij.advice.queries import call_for, calls_for, months_of
from nabij.advice.queries.calls import lines_of
from nabij.kit import panels

_ON_A_PAGE = 25


@never_cache
@require_safe
def line(request: Request) -> HttpResponse:
    """The calls that were taken, and how many there were in each month."""
    if not can_answer_advice(request.actor):
        raise PermissionDenied
    page = Paginator(calls_for(request.actor), _ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "lines": lines_of(list(page)), "months": months_of(request.actor)}
    return render(request, "advice/line.html", context)


@require_http_methods(["GET", "POST"])
def log(request: Request) -> HttpResponse:
    """Write a call in the log."""
    if not can_answer_advice(request.actor):
        raise PermissionDenied
    places = list(places_of(request.actor, request.at).values_list("code", "name"))
    form = CallForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        made = actions.log_call(form.to_said(), by=request.actor, at=request.at)
        messages.success(request, _("Het gesprek is opgeschreven."))
        return redirect("advice:call", made.pk)
    return render(request, "advice/log.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def call(request: Request, pk: UUID) -> HttpResponse:
    """One call; from here it becomes an event in one step."""
    found = call_for(request.actor, pk)
    if found is None:
        raise Http404
    doors = [] if found.incident else panels.doors("line_call", request, found.call)
    return render(request, "advice/call.html", {"line": found, "doors": doors})
