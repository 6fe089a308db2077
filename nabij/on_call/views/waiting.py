"""Panels of the desk: what waits for whom."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.incidents.words import topic_in_words
from nabij.notify.queries import failed_deliveries_for
from nabij.on_call import queries


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel for coordinators and the advice desk: requests without somebody, open pages, failed messages."""
    actor, at = request.actor, request.at
    if not actor.may(Permission.COORDINATE):
        raise PermissionDenied
    context = {
        "waiting": queries.waiting_for(actor, at),
        "open_pages": queries.open_pages_for(actor, at),
        "failed": failed_deliveries_for(actor, at).order_by().count()
        if actor.may(Permission.SEE_MESSAGES)
        else 0,
    }
    return render(request, "on_call/_waiting.html", context)


@never_cache
@require_safe
def own_requests(request: Request) -> HttpResponse:
    """Panel for who asks: one obvious button, and the requests of my organisation that still run."""
    rows = queries.own_answers(request.actor, request.at)[:5]
    context = {"rows": [{"answer": row, "what": topic_in_words(row.request.incident.topic)} for row in rows]}
    return render(request, "on_call/_own_requests.html", context)
