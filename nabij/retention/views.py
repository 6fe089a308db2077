"""Holding data back, what the person reads about it, and how removal goes."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.acting.visit import visit_of
from nabij.cases.models import Case
from nabij.cases.views.finding import case_or_404
from nabij.incidents.views.finding import posted
from nabij.privacy.models import LegalHold
from nabij.privacy.queries import failed_count, is_overdue, shown_purposes, unfinished_count
from nabij.retention import actions
from nabij.retention.forms import HoldForm, LongerForm
from nabij.retention.policies import can_hold, oversees_removal
from nabij.retention.queries import asks_to_erase, hold_for, holds_for, kept_longer


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: what is held back and until when, for who leads it."""
    case = case_or_404(request, pk)
    holds = holds_for(request.actor, case, request.at)
    context = {
        "case": case,
        "leads": can_hold(request.actor, case, request.at),
        "holds": holds,
        "asks_to_erase": bool(holds) and asks_to_erase(case.person_id),
    }
    return render(request, "retention/_panel.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def hold(request: Request, pk: UUID) -> HttpResponse:
    """Keep everything of this person, or of this incident, for a case or complaint."""
    case = _led(request, pk)
    form = HoldForm(posted(request), has_incident=case.incident_id is not None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold_case(case, form.keeping(), by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De wisstop loopt. De persoon ziet dat in de eigen ruimte."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Bewaren voor een zaak of klacht")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def longer(request: Request, pk: UUID, hold_pk: UUID) -> HttpResponse:
    """Prolong a hold."""
    case = _led(request, pk)
    row, form = _hold(request, case, hold_pk), LongerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold_longer(case, row, form.cleaned_data["last_day"], by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De wisstop is verlengd."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Langer bewaren")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def lift(request: Request, pk: UUID, hold_pk: UUID) -> HttpResponse:
    """End a hold, after reading what that means: the ordinary terms count again."""
    case = _led(request, pk)
    row = _hold(request, case, hold_pk)
    if request.method == "GET":
        return render(request, "retention/lift.html", {"case": case})
    actions.release_hold(case, row, by=request.actor, at=request.at)
    messages.success(request, _("De wisstop is opgeheven. De gewone bewaartermijn geldt weer."))
    return redirect("cases:case", pk)


@never_cache
@require_safe
def overview(request: Request) -> HttpResponse:
    """Every term with how removal went last: counts only."""
    if not oversees_removal(request.actor):
        raise PermissionDenied
    context = {
        "purposes": shown_purposes(),
        "failed": failed_count(),
        "unfinished": unfinished_count(),
        "is_overdue": is_overdue(request.at),
        "waits_for_decision": settings.IS_PRODUCTION,
    }
    return render(request, "retention/overview.html", context)


@login_not_required
@never_cache
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Panel of my own space: that data are kept longer, and until when."""
    visit = visit_of(request)
    kept = kept_longer(visit.whose, visit.at) if visit else None
    return render(request, "retention/_door.html", {"kept": kept})


def _led(request: Request, pk: UUID) -> Case:
    case = case_or_404(request, pk)
    if not can_hold(request.actor, case, request.at):
        raise PermissionDenied
    return case


def _hold(request: Request, case: Case, pk: UUID) -> LegalHold:
    found = hold_for(request.actor, case, pk, request.at)
    if found is None:
        raise Http404
    return found
