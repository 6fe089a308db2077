"""A version goes to its parties, and each of them answers."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.kit.clock import local
from nabij.protocols import actions
from nabij.protocols.forms import AnswerForm, WrittenForm
from nabij.protocols.models import State
from nabij.protocols.policies import can_approve, can_withdraw, is_approver
from nabij.protocols.problems import PlanError
from nabij.protocols.queries import parties_of, waiting_for
from nabij.protocols.views.finding import version_or_404


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel of the desk: which protocols wait for an answer of my organisation."""
    if not is_approver(request.actor):
        raise PermissionDenied
    return render(request, "protocols/_waiting.html", {"versions": waiting_for(request.actor, request.at)})


@require_POST
def send(request: Request, pk: UUID) -> HttpResponse:
    """Ask every party named in the plan."""
    version = version_or_404(request, pk)
    try:
        actions.send_version(version, by=request.actor, at=request.at)
        messages.success(request, _("Verstuurd. Het protocol geldt zodra alle partijen akkoord zijn."))
    except PlanError as error:
        messages.warning(request, str(error.problems[0]))
    return redirect("protocols:version", pk)


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """What was sent becomes a draft again."""
    actions.withdraw_version(version_or_404(request, pk), by=request.actor, at=request.at)
    messages.success(request, _("Teruggehaald. U kunt het concept weer wijzigen."))
    return redirect("protocols:version", pk)


@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Yes, or no with what should be different."""
    version = version_or_404(request, pk)
    if not can_approve(request.actor, version, request.at):
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_yes = form.cleaned_data["answer"] == "yes"
        reason = "" if is_yes else form.cleaned_data["reason"]
        try:
            held = actions.answer_version(version, is_yes, reason, by=request.actor, at=request.at)
        except ValidationError as error:
            messages.warning(request, error.message)
        else:
            messages.success(request, _after(held.state))
        return redirect("protocols:version" if is_yes else "protocols:protocols", *([pk] if is_yes else []))
    context = {"form": form, "version": version, "plan": version.whole_plan}
    return render(request, "protocols/answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def written(request: Request, pk: UUID, party: str) -> HttpResponse:
    """A party without anybody in Nabij agreed in writing."""
    version = version_or_404(request, pk)
    asked = next((each for each in parties_of(version, request.at) if each.code == party), None)
    if asked is None or not asked.may_be_written or not can_withdraw(request.actor, version, request.at):
        raise Http404
    form = WrittenForm(request.POST or None, today=local(request.at).date())
    if request.method == "POST" and form.is_valid():
        try:
            clean = form.cleaned_data
            held = actions.record_written(version, party, **clean, by=request.actor, at=request.at)
            messages.success(request, _after(held.state))
        except ValidationError as error:
            messages.warning(request, error.message)
        return redirect("protocols:version", pk)
    context = {"form": form, "version": version, "party": asked}
    return render(request, "protocols/written.html", context, status=422 if form.errors else 200)


def _after(state: str) -> str:
    if state == State.IN_FORCE:
        return _("Alle partijen zijn akkoord. Het protocol geldt vanaf nu.")
    if state == State.DRAFT:
        return _("Teruggestuurd met uw reden.")
    return _("Genoteerd. Het wacht nog op andere partijen.")
