"""The phases of a centre: where it stands, what was decided and why, what begins."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nabij.accounts.http import Request
from nabij.incidents.views.finding import posted
from nabij.openings import actions, policies
from nabij.openings.content import phases
from nabij.openings.forms import PhaseForm, ReasonForm
from nabij.openings.models import Phase
from nabij.openings.queries import closings
from nabij.openings.views.finding import centre_or_404, happens


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phase(request: Request, pk: UUID) -> HttpResponse:
    """The phase with its hours, text and list; the decisions so far; the next decision with its reason."""
    centre = centre_or_404(request, pk)
    lines = closings.phase_lines(centre)
    now = lines[0].decision if lines else None
    coming = closings.next_phases(now) if now else []
    form = PhaseForm(posted(request), phases=coming)
    if request.method == "POST" and happens(
        form,
        "reason",
        lambda: actions.decide_phase(
            centre, form.cleaned_data["phase"], form.cleaned_data["reason"], by=request.actor, at=request.at
        ),
    ):
        return redirect("openings:phase", pk)
    context = {
        "centre": centre,
        "lines": lines,
        "now": now,
        "text": phases()[now.phase] if now else None,
        "coming": [(name, closings.expected_on(centre, code)) for code, name in coming],
        "form": form if coming and policies.can_decide(request.actor, centre, request.at) else None,
        "may_open_again": now is not None
        and now.phase == Phase.ARCHIVED
        and policies.can_open_again(request.actor, centre, request.at),
    }
    return render(request, "openings/phase.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_again(request: Request, pk: UUID) -> HttpResponse:
    """An archived centre opens again: the two hours start now."""
    centre = centre_or_404(request, pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and happens(
        form,
        "reason",
        lambda: actions.open_again(centre, form.cleaned_data["reason"], by=request.actor, at=request.at),
    ):
        return redirect("openings:checklist", pk)
    context = {"centre": centre, "form": form}
    return render(request, "openings/open_again.html", context, status=422 if form.errors else 200)
