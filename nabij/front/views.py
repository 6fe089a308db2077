"""The desk, the public pages when no release is there yet, and the catalogue."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.middleware import MEMBERSHIP_KEY
from nabij.accounts.queries import memberships_of
from nabij.contact.doors import Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.front import pages
from nabij.front.callers import caller_kind
from nabij.front.catalogue.catalogue import services_by_group
from nabij.kit import panels
from nabij.knowledge.actions import see_catalogue
from nabij.knowledge.queries import districts_for


@require_safe
def desk(request: Request) -> HttpResponse:
    """My work: what waits for me, each with one obvious action, and the doors that are open now."""
    kind = caller_kind(request.actor.organisation_kind)
    doors = doors_for(kind, Urgency.URGENT, request.at, opening_hours()) if kind else None
    context = {
        "panels": panels.shown("desk", request, None),
        "doors": doors,
        "memberships": memberships_of(request.actor, request.at),
    }
    return render(request, "front/desk.html", context)


@require_POST
def switch(request: Request, membership_id: UUID) -> HttpResponse:
    """Go on in another of one's own roles."""
    if membership_id not in {each.pk for each in memberships_of(request.actor, request.at)}:
        raise Http404
    request.session[MEMBERSHIP_KEY] = str(membership_id)
    return redirect("front:desk")


@require_safe
def services(request: Request) -> HttpResponse:
    """What Nabij can do today: each service of the catalogue with its page and its proof."""
    return render(request, "front/services.html", {"groups": services_by_group()})


@never_cache
@require_safe
def services_of(request: Request, pk: UUID) -> HttpResponse:
    """The same, opened for a district of my municipality: there it counts as seen."""
    district = get_object_or_404(districts_for(request.actor, request.at), pk=pk)
    see_catalogue(district, by=request.actor, at=request.at)
    return services(request)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Home, for as long as there is no release."""
    return HttpResponse(pages.home_page("nl"))


@login_not_required
@require_safe
def expect(request: HttpRequest) -> HttpResponse:
    """What every municipality may expect, for as long as there is no release."""
    return HttpResponse(pages.expect_page("nl"))


@login_not_required
@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """What the quick exit does, for as long as there is no release."""
    return HttpResponse(pages.leaving_page("nl"))
