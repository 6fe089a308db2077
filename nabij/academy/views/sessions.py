"""The trainer's pages: planning a day, and filling in who came and who passed."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nabij.academy import actions
from nabij.academy.catalogue import modules
from nabij.academy.forms import AssessmentForm, SessionForm
from nabij.academy.models import Attendance, Result, Session
from nabij.academy.policies import can_lead_session, can_plan_session
from nabij.academy.queries import enrolments_of, session_for
from nabij.accounts.http import Request


@require_http_methods(["GET", "POST"])
def plan(request: Request) -> HttpResponse:
    """Plan a day that I lead."""
    if not can_plan_session(request.actor, request.at):
        raise PermissionDenied
    form = SessionForm(request.POST or None, at=request.at)
    if request.method == "POST" and form.is_valid():
        clean = dict(form.cleaned_data)
        try:
            module = modules()[clean.pop("module")]
            made = actions.plan_session(module, **clean, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error("module", error)
        else:
            messages.success(request, _("De opleidingsdag is gepland. Collega's kunnen zich inschrijven."))
            return redirect("academy:session", made.pk)
    return render(request, "academy/plan.html", {"form": form}, status=422 if form.errors else 200)


def _led(request: Request, pk: UUID) -> Session:
    found = session_for(request.actor, pk, request.at)
    if not can_lead_session(request.actor, found, request.at):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def session(request: Request, pk: UUID) -> HttpResponse:
    """Who has a seat; after the beginning, who came and who passed: one row each, saved together."""
    found = _led(request, pk)
    rows = enrolments_of(found)
    forms = [AssessmentForm(request.POST or None, enrolment=row) for row in rows]
    unfit = [form for form in forms if not form.is_valid()] if request.method == "POST" else forms
    if request.method == "POST" and not unfit and _assess(request, forms):
        messages.success(request, _("Bewaard. Wie slaagde, heeft een certificaat."))
        return redirect("academy:session", pk)
    context = {"session": found, "forms": forms, "has_begun": found.starts_at <= request.at}
    status = 422 if any(form.errors for form in forms) else 200
    return render(request, "academy/session.html", context, status=status)


def _assess(request: Request, forms: list[AssessmentForm]) -> bool:
    """Save every row that changed; a row that cannot be saved says why, and the others stay saved."""
    for form in (each for each in forms if each.has_changed()):
        clean = form.cleaned_data
        try:
            actions.assess(
                form.enrolment,
                attendance=Attendance(clean["attendance"]),
                result=Result(clean["result"]),
                by=request.actor,
                at=request.at,
            )
        except ValidationError as error:
            form.add_error("result", error)
    return not any(form.errors for form in forms)


@require_POST
def cancel(request: Request, pk: UUID) -> HttpResponse:
    """The day does not go on."""
    actions.cancel_session(_led(request, pk), by=request.actor, at=request.at)
    messages.success(request, _("De opleidingsdag is afgelast."))
    return redirect("academy:session", pk)
