"""What is to be done now: calling as agreed, how it ended, the letter."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.cases.policies import can_call, can_help
from nabij.cases.views.finding import case_or_404
from nabij.incidents.views.finding import posted
from nabij.notify.contact_rules import in_words, rule_of
from nabij.notify.models import Way
from nabij.support import actions, content
from nabij.support.forms import AttemptForm
from nabij.support.models import AttemptOutcome
from nabij.support.queries import attempts_of, calling, closing_of, tasks_of


@never_cache
@require_safe
def now(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: what is due, and the one thing to do next."""
    case = case_or_404(request, pk)
    context = {
        "case": case,
        "tasks": tasks_of(case, request.at),
        "may_help": can_help(request.actor, case, request.at),
        "may_call": can_call(request.actor, case, request.at),
        "calling": calling(case, request.at),
        "attempts": attempts_of(case) if case.state == "approach" else [],
        "closing": closing_of(case),
        "most": content.approach_terms().attempts,
    }
    return render(request, "support/_now.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def call(request: Request, pk: UUID) -> HttpResponse:
    """Read the contact rule, then see the number; outside what was agreed the number stays closed."""
    case = case_or_404(request, pk)
    if not can_call(request.actor, case, request.at):
        raise PermissionDenied
    context = {"case": case, "rule": in_words(rule_of(case.person_id)), "refusal": "", "dial": None}
    status = 200
    if request.method == "POST":
        try:
            has_read = "gelezen" in request.POST
            context["dial"] = actions.dial(case, has_read=has_read, by=request.actor, at=request.at)
            context["may_help"] = can_help(request.actor, case, request.at)
        except ValidationError as error:
            context["refusal"], status = str(error.message), 422
    return render(request, "support/call.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def attempt(request: Request, pk: UUID) -> HttpResponse:
    """How an attempt ended."""
    case = case_or_404(request, pk)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    form = AttemptForm(posted(request))
    if request.method == "POST" and form.is_valid():
        way, outcome = Way(form.cleaned_data["way"]), AttemptOutcome(form.cleaned_data["outcome"])
        try:
            actions.write_attempt(case, way, outcome, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Bewaard. Wat nu volgt, staat bij ‘Nu te doen’."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Hoe ging het contact?")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def letter(request: Request, pk: UUID) -> HttpResponse:
    """The letter to print, and that it went out."""
    case = case_or_404(request, pk)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    refusal = ""
    if request.method == "POST":
        try:
            actions.send_letter(case, by=request.actor, at=request.at)
        except ValidationError as error:
            refusal = str(error.message)
        else:
            messages.success(request, _("De brief staat als verstuurd in het dossier."))
            return redirect("cases:case", pk)
    context = {"case": case, "text": content.letter(case.reference), "refusal": refusal}
    return render(request, "support/letter.html", context, status=422 if refusal else 200)
