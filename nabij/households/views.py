"""The map on the page of a case, writing a tie, approaching apart, and what a leader decides."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.cases.models import Case
from nabij.cases.policies import can_lead
from nabij.cases.views.finding import case_or_404
from nabij.households import actions
from nabij.households.forms import GuardianForm, TieForm, WhyForm
from nabij.households.models import Tie
from nabij.households.pictures import family_map
from nabij.households.policies import can_assent, can_judge_guardian, can_tie, decides_ties
from nabij.households.queries import (
    Family,
    endings_for,
    family_of,
    proposal_for,
    proposals_for,
    running_apart,
    tie_for,
)
from nabij.incidents.views.finding import posted
from nabij.privacy.purposes import Purpose


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: family and housemates, as a list and as a map."""
    case = case_or_404(request, pk)
    family = family_of(case, request.actor, request.at)
    seen = [each.case.person_id for each in family.members if each.case is not None]
    log_read(seen, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    context = {
        "case": case,
        "family": family,
        "map": _map(family) if family.members else "",
        "may_tie": can_tie(request.actor, case, request.at),
        "may_lead": can_lead(request.actor, case, request.at),
        "may_judge": can_judge_guardian(request.actor, case, request.at),
    }
    return render(request, "households/_panel.html", context)


def _map(family: Family) -> str:
    spots = [
        (each.name or _("nog iemand"), each.kind, each.tie.is_same_house, each.apart is not None)
        for each in family.members
    ]
    return family_map(_("deze persoon"), spots)


@never_cache
@require_http_methods(["GET", "POST"])
def tie(request: Request, pk: UUID) -> HttpResponse:
    """Write down who belongs to this person."""
    case = case_or_404(request, pk)
    if not can_tie(request.actor, case, request.at):
        raise PermissionDenied
    form = TieForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_tie(case, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            passed_on = _("Doorgegeven. Klopt het, dan kijkt een teamleider ernaar.")
            messages.success(request, _("De band staat op de kaart.") if made else passed_on)
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Familie of huisgenoot erbij")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


def _tie_or_404(request: Request, case: Case, pk: UUID) -> Tie:
    found = tie_for(case, request.actor, pk, request.at)
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def apart(request: Request, pk: UUID, tie_pk: UUID) -> HttpResponse:
    """Approach two people apart, with a reason; or, for a leader, say yes or no to ending that."""
    case = case_or_404(request, pk)
    found = _tie_or_404(request, case, tie_pk)
    if running_apart(found) is not None:
        return _end_apart(request, case, found)
    form = WhyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.mark_apart(case, found, form.cleaned_data["reason"], by=request.actor, at=request.at)
        messages.success(request, _("Vanaf nu apart benaderen."))
        return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Apart benaderen")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


def _end_apart(request: Request, case: Case, found: Tie) -> HttpResponse:
    if not can_assent(request.actor, case, found, request.at):
        raise PermissionDenied
    if "blijft" in request.POST:
        actions.keep_apart(case, found, by=request.actor, at=request.at)
        messages.success(request, _("Het blijft apart."))
        return redirect("cases:case", case.pk)
    form = WhyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        row = actions.bring_together(case, found, reason, by=request.actor, at=request.at)
        runs_on = row is not None and row.ended_at is None
        said = _("Uw ja is bewaard. Het blijft apart tot de andere teamleider ook ja zegt.")
        messages.success(request, said if runs_on else _("Niet meer apart."))
        return redirect("cases:case", case.pk)
    asked = endings_for(request.actor, request.at, case)
    question = next((each for each in asked if each.tie == found), None)
    context = {"case": case, "form": form, "question": question}
    return render(request, "households/together.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: Request, pk: UUID, tie_pk: UUID) -> HttpResponse:
    """End a tie."""
    case = case_or_404(request, pk)
    try:
        actions.end_tie(case, _tie_or_404(request, case, tie_pk), by=request.actor, at=request.at)
        messages.success(request, _("De band is beëindigd."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("cases:case", pk)


@require_POST
def settle(request: Request, pk: UUID, about_pk: UUID) -> HttpResponse:
    """The leader looked at a possible conflict."""
    case = case_or_404(request, pk)
    actions.settle_conflict(case, about_pk, by=request.actor, at=request.at)
    messages.success(request, _("Bekeken. Wat apart is, blijft apart."))
    return redirect("cases:case", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def guardian(request: Request, pk: UUID) -> HttpResponse:
    """Whether the guardian of a child is the danger."""
    case = case_or_404(request, pk)
    if not can_judge_guardian(request.actor, case, request.at):
        raise PermissionDenied
    form = GuardianForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.judge_guardian(case, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Besluit bewaard."))
        return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Contact met dit kind")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def proposals(request: Request) -> HttpResponse:
    """Panel of a leader's desk: proposed ties and questions to end apart, by reference."""
    if not decides_ties(request.actor):
        raise PermissionDenied
    context = {
        "proposals": proposals_for(request.actor, request.at),
        "endings": endings_for(request.actor, request.at),
    }
    return render(request, "households/_proposals.html", context)


@require_POST
def decide(request: Request, pk: UUID) -> HttpResponse:
    """A leader says that two people belong together, or not."""
    found = proposal_for(request.actor, pk, request.at)
    if found is None or found.proposal is None:
        raise Http404
    is_accepted = "ja" in request.POST
    try:
        row = actions.decide_proposal(
            found.proposal, is_accepted=is_accepted, by=request.actor, at=request.at
        )
        said = _("Uw ja is bewaard. De andere teamleider moet nog ja zeggen.")
        messages.success(request, _("Besluit bewaard.") if row.decided_at else said)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("cases:case", found.case.pk)
