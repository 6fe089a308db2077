"""Calendars of duties for a phone."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.agendas import actions
from nabij.agendas.policies import can_have_feed, can_have_team_feed
from nabij.agendas.queries import calendar_of, feed_of, own_feeds
from nabij.audit.actor import link_of
from nabij.kit import clock

TEAM = "team"


@never_cache
@require_http_methods(["GET", "POST"])
def feeds(request: Request) -> HttpResponse:
    """My links; a new one is shown once, on the page that answers the form."""
    if not can_have_feed(request.actor, request.at):
        raise PermissionDenied
    address = ""
    if request.method == "POST":
        secret = actions.make_feed(request.POST.get("soort") == TEAM, by=request.actor, at=request.at)
        address = f"{settings.ENV.base_url}{reverse('agendas:feed', args=[secret])}"
    context = {
        "feeds": own_feeds(request.actor),
        "address": address,
        "has_team": can_have_team_feed(request.actor, request.at),
    }
    return render(request, "agendas/feeds.html", context)


@require_POST
def revoke(request: Request) -> HttpResponse:
    """My link works no longer."""
    actions.revoke_feed(request.POST.get("soort") == TEAM, by=request.actor, at=request.at)
    messages.success(request, _("De agendalink werkt niet meer."))
    return redirect("agendas:feeds")


@never_cache
@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a link; the secret in it is the proof, so no login is asked for."""
    at = clock.now()
    found = feed_of(token, at)
    if found is None:
        raise Http404
    actions.mark_read(found, by=link_of(found.membership_id), at=at)
    return HttpResponse(calendar_of(found, at), content_type="text/calendar; charset=utf-8")


@require_safe
def link(request: Request) -> HttpResponse:
    """Panel of my duties: where to make a link."""
    return render(request, "agendas/_link.html")
