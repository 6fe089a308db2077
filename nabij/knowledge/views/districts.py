"""Districts: what each was told and saw."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.accounts.queries import places_of
from nabij.kit import panels
from nabij.knowledge import actions
from nabij.knowledge.forms import BriefingForm, DistrictForm
from nabij.knowledge.policies import can_share
from nabij.knowledge.queries import (
    district_lines,
    districts_for,
    function_of,
    share_told,
    visits_of,
)

_ON_A_PAGE = 50


@require_safe
def districts(request: Request) -> HttpResponse:
    """The districts of my area, each with its last briefing."""
    if not can_share(request.actor):
        raise PermissionDenied
    page = Paginator(districts_for(request.actor, request.at), _ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "lines": district_lines(list(page), request.at),
        "share": share_told(request.actor, request.at),
    }
    return render(request, "knowledge/districts.html", context)


@never_cache
@require_safe
def briefed(request: Request) -> HttpResponse:
    """Panel of the desk: how many districts were told."""
    return render(request, "knowledge/_briefed.html", {"share": share_told(request.actor, request.at)})


@require_http_methods(["GET", "POST"])
def district(request: Request, pk: UUID) -> HttpResponse:
    """One district; a briefing is written down here."""
    found = get_object_or_404(districts_for(request.actor, request.at), pk=pk)
    form = BriefingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.brief_district(found, form.cleaned_data["held_on"], by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De voorlichting is opgeschreven."))
            return redirect("knowledge:district", pk)
    context = {
        "line": district_lines([found], request.at)[0],
        "visits": [(function_of(each.membership), each) for each in visits_of(found)],
        "form": form,
        "panels": panels.shown("district", request, found),
        "doors": panels.doors("district", request, found),
    }
    return render(request, "knowledge/district.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def name_district(request: Request) -> HttpResponse:
    """Add a district of a municipality in my area."""
    if not can_share(request.actor):
        raise PermissionDenied
    places = list(places_of(request.actor, request.at).values_list("code", "name"))
    form = DistrictForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            made = actions.name_district(
                clean["municipality"], clean["name"], by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("knowledge:district", made.pk)
    context = {"form": form}
    return render(request, "knowledge/name_district.html", context, status=422 if form.errors else 200)
