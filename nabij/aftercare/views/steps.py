"""One step: what, why, when, who; done, skipped, handed over, taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.aftercare.actions.doing import AlreadySettled, finish_step, reopen_step, skip_step
from nabij.aftercare.actions.doing import set_start as count_from
from nabij.aftercare.actions.households import PROOF as HOUSEHOLDS
from nabij.aftercare.actions.owning import hand_step, hand_to_partner, take_step
from nabij.aftercare.forms import EvidenceForm, HandForm, SkipForm, StartForm
from nabij.aftercare.models import RunStep
from nabij.aftercare.policies import can_do
from nabij.aftercare.proofs import way_to
from nabij.aftercare.queries.people import colleagues_of
from nabij.aftercare.queries.runs import line_of
from nabij.aftercare.queries.steps import doer_of, proof_of
from nabij.aftercare.views.finding import refuse, step_or_404
from nabij.kit import panels


@never_cache
@require_http_methods(["GET", "POST"])
def step(request: Request, pk: UUID) -> HttpResponse:
    """The step, with the form that says it is done."""
    row = step_or_404(request, pk)
    form = EvidenceForm(request.POST if request.method == "POST" else None, step=row.step)
    if request.method == "POST":
        _may_or_404(request, row)
        if form.is_valid():
            done = _try(
                request, form, lambda: finish_step(row, form.cleaned_data, by=request.actor, at=request.at)
            )
            if done:
                messages.success(request, _("Klaar: %(title)s") % {"title": row.step.title_nl})
                return redirect("aftercare:now", row.run_id)
        row = step_or_404(request, pk)
    return render(
        request, "aftercare/step.html", _about(request, row, form), status=422 if form.errors else 200
    )


def _about(request: Request, row: RunStep, form: Form) -> dict[str, Any]:
    return {
        "line": line_of(row, request.actor, request.at),
        "run": row.run,
        "incident": row.run.incident,
        "is_exercise": row.run.incident.is_exercise,
        "form": form,
        "may_do": can_do(request.actor, row, request.at),
        "way": way_to(row.step.evidence.proof, row.run.incident_id),
        "names_contacts": row.step.evidence.proof == HOUSEHOLDS,
        "proof": proof_of(row),
        "doer": doer_of(row),
        "panels": panels.shown("step", request, row),
        "sets_day": row.step.due.start in ("decision", "told", "commission"),
    }


def _may_or_404(request: Request, row: RunStep) -> None:
    if not can_do(request.actor, row, request.at):
        raise Http404


def _try(request: Request, form: Form, act: Any) -> bool:
    """Do it; what is refused stands beside its field, what a colleague did just before is only said."""
    try:
        act()
    except AlreadySettled as error:
        messages.warning(request, error.messages[0])
    except ValidationError as error:
        refuse(form, error)
        return False
    return True


def _write(request: Request, pk: UUID, form: Form, title: str, act: Any) -> HttpResponse:
    """A small form about one step, on a page of its own."""
    row = step_or_404(request, pk)
    _may_or_404(request, row)
    if request.method == "POST" and form.is_valid() and _try(request, form, lambda: act(row, form)):
        return redirect("aftercare:step", pk)
    context = {
        "row": row, "run": row.run, "is_exercise": row.run.incident.is_exercise, "form": form,
        "title": title, "step": row.step,
    }  # fmt: skip
    return render(request, "aftercare/write.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def skip(request: Request, pk: UUID) -> HttpResponse:
    """Not do the step, and say why."""
    form = SkipForm(request.POST if request.method == "POST" else None)

    def act(row: RunStep, form: Form) -> None:
        skip_step(row, form.cleaned_data["reason"], by=request.actor, at=request.at)

    return _write(request, pk, form, _("Stap overslaan"), act)


@never_cache
@require_http_methods(["GET", "POST"])
def set_start(request: Request, pk: UUID) -> HttpResponse:
    """Say when it happened, or on which day it will be."""
    form = StartForm(request.POST or None)

    def act(row: RunStep, form: Form) -> None:
        count_from(row, form.cleaned_data["moment"], by=request.actor, at=request.at)

    return _write(request, pk, form, _("Moment bepalen"), act)


@never_cache
@require_http_methods(["GET", "POST"])
def hand(request: Request, pk: UUID) -> HttpResponse:
    """Hand the step to a colleague or to another organisation."""
    people = colleagues_of(request.actor, request.at)
    form = HandForm(request.POST if request.method == "POST" else None, people=people)

    def act(row: RunStep, form: Form) -> None:
        colleague = form.cleaned_data["colleague"]
        if colleague:
            hand_step(row, colleague, by=request.actor, at=request.at)
        else:
            hand_to_partner(row, form.cleaned_data["org"], by=request.actor, at=request.at)

    return _write(request, pk, form, _("Stap overdragen"), act)


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    """This step is mine from now on."""
    row = step_or_404(request, pk)
    _may_or_404(request, row)
    try:
        take_step(row, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("aftercare:step", pk)


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    """It was done or skipped by mistake."""
    row = step_or_404(request, pk)
    _may_or_404(request, row)
    reopen_step(row, by=request.actor, at=request.at)
    messages.success(request, _("De stap staat weer open."))
    return redirect("aftercare:step", pk)
