"""What the police found and what staff must be alert to, in one case; and opening a case in an emergency."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.cases import actions
from nabij.cases.forms import AlertForm, EmergencyForm, LevelForm, StepForm
from nabij.cases.models import Case
from nabij.cases.policies import can_break_glass, can_help, can_lead
from nabij.cases.queries.files import emergency_for, person_case_for
from nabij.cases.views.finding import case_or_404
from nabij.incidents.views.finding import posted
from nabij.vulnerability import actions as vulnerability
from nabij.vulnerability.models import Alert, Level
from nabij.vulnerability.queries import alerts_for, assessment_in, protection_of


@never_cache
@require_safe
def protection(request: Request, pk: UUID) -> HttpResponse:
    """Risks, measures, level and alerts, with their history."""
    found = case_or_404(request, pk)
    context = {
        "case": found,
        "protection": protection_of(found.person_id, request.actor, request.at),
        "may_help": can_help(request.actor, found, request.at),
        "may_lead": can_lead(request.actor, found, request.at),
        "alert_form": AlertForm(),
        "step_form": StepForm(),
    }
    return render(request, "cases/protection.html", context)


@require_POST
def acknowledge(request: Request, pk: UUID, assessment_pk: UUID) -> HttpResponse:
    """Tell the police that their message was read."""
    found = case_or_404(request, pk)
    assessment = assessment_in(found.person_id, assessment_pk)
    if assessment is None:
        raise Http404
    actions.acknowledge(found, assessment, by=request.actor, at=request.at)
    messages.success(request, _("De politie ziet dat het bericht is gelezen."))
    return redirect("cases:protection", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def level(request: Request, pk: UUID) -> HttpResponse:
    """More alert by a helper, less alert by the leader with the police."""
    found = case_or_404(request, pk)
    if not can_help(request.actor, found, request.at):
        raise PermissionDenied
    form = LevelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data
            actions.change_level(found, Level(told["level"]), told["reason"], by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error("level", error)
        else:
            messages.success(request, _("Het niveau is veranderd."))
            return redirect("cases:protection", pk)
    context = {"case": found, "form": form, "title": _("Niveau veranderen")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@require_POST
def alert(request: Request, pk: UUID) -> HttpResponse:
    """Something that colleagues must be alert to."""
    found, form = case_or_404(request, pk), AlertForm(request.POST)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        vulnerability.raise_alert(found.person, kind, by=request.actor, at=request.at)
    return redirect("cases:protection", pk)


def _alert(request: Request, pk: UUID) -> tuple[Alert, Case]:
    found = get_object_or_404(alerts_for(request.actor, request.at), pk=pk)
    return found, person_case_for(request.actor, found.person_id, request.at)


@require_POST
def read(request: Request, pk: UUID) -> HttpResponse:
    """I read this."""
    found, case = _alert(request, pk)
    vulnerability.read_alert(found, by=request.actor, at=request.at)
    return redirect("cases:case", case.pk)


@require_POST
def step(request: Request, pk: UUID) -> HttpResponse:
    """What was done about it, or closing it."""
    found, case = _alert(request, pk)
    try:
        if "sluiten" in request.POST:
            vulnerability.close_alert(found, by=request.actor, at=request.at)
        else:
            vulnerability.write_step(found, request.POST.get("what", ""), by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
    return redirect("cases:protection", case.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def emergency(request: Request) -> HttpResponse:
    """Open a case in an emergency, for who has duty now."""
    if not can_break_glass(request.actor):
        raise PermissionDenied
    form = EmergencyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.break_glass(**form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error("reference", error)
        else:
            return redirect("cases:case", row.case_id)
    return render(request, "cases/emergency.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def review(request: Request, pk: UUID) -> HttpResponse:
    """The leader says whether an emergency was one."""
    row = emergency_for(request.actor, pk, request.at)
    if row is None:
        raise Http404
    is_justified = request.POST.get("oordeel") == "terecht"
    actions.review_emergency(row, is_justified=is_justified, by=request.actor, at=request.at)
    messages.success(request, _("Uw oordeel is bewaard. De persoon kan zien dat dit is nagekeken."))
    return redirect("cases:history", row.case_id)
