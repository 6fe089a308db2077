"""What a step hands out: how far it is, filling it in, and printing it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.accounts.models import Organisation
from nabij.aftercare.models import RunStep
from nabij.aftercare.views.finding import step_or_404
from nabij.flyers.paper import Unprintable, as_pdf
from nabij.flyers.queries import organisation_for, senders_of, sheet_of
from nabij.handouts import actions
from nabij.handouts.forms import DOORS, HandoutForm, PrintForm
from nabij.handouts.policies import can_fill
from nabij.handouts.queries import (
    Offered,
    addresses_of,
    known_fields,
    offered,
    offered_at,
    organisation_of,
)


@never_cache
@require_safe
def at_step(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a step: its flyers and letters, and the one thing to do with each."""
    row = step_or_404(request, pk)
    organisation = organisation_of(row.run)
    seen = organisation is not None and organisation_for(request.actor, organisation.pk) is not None
    context = {
        "row": row,
        "offers": offered_at(row, organisation) if organisation and seen else [],
        "may_fill": organisation is not None and can_fill(request.actor, row, organisation, request.at),
    }
    return render(request, "handouts/_at_step.html", context)


def _found(request: Request, pk: UUID, code: str) -> tuple[RunStep, Organisation, Offered]:
    """The step and what it hands out, for who may fill it in."""
    row = step_or_404(request, pk)
    organisation = organisation_of(row.run)
    if organisation is None or not can_fill(request.actor, row, organisation, request.at):
        raise Http404
    found = offered(row, organisation, code)
    if found is None:
        raise Http404
    return row, organisation, found


@never_cache
@require_http_methods(["GET", "POST"])
def fill(request: Request, pk: UUID, code: str) -> HttpResponse:
    """What is known stands there already; who sends it lays it before the other organisation."""
    row, organisation, found = _found(request, pk, code)
    before = found.handout.fields if found.handout else {}
    known = {**known_fields(row, found.template), **{word: text for word, text in before.items() if text}}
    form = HandoutForm(request.POST or None, template=found.template, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.fill_handout(row, organisation, code, form.filled, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if found.is_ready:
                return redirect("handouts:print", pk, code)
            messages.success(request, _("Bewaard en voorgelegd. Print als de andere organisatie akkoord is."))
            return redirect("aftercare:step", pk)
    context = {"row": row, "found": found, "form": form, "is_exercise": row.run.incident.is_exercise}
    return render(request, "handouts/fill.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def print_handout(request: Request, pk: UUID, code: str) -> HttpResponse:
    """The PDF of what was filled in, or a letter to each address of the door list."""
    row, organisation, found = _found(request, pk, code)
    handout = found.handout
    if not found.is_ready or handout is None or handout.copies is not None:
        return redirect("handouts:fill", pk, code)
    to_doors = found.template.kind == "letter" and not found.is_exercise
    addresses = len(addresses_of(row.run.incident)) if to_doors else 0
    form = PrintForm(request.POST or None, printable=found.languages, addresses=addresses)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if told.get("to") == DOORS:
                job = actions.print_letters(handout, told["languages"], by=request.actor, at=request.at)
                return redirect("flyers:job", job.pk)
            sheet = sheet_of(found.line, told["languages"], handout.fields, is_exercise=found.is_exercise)
            paper = as_pdf(sheet, senders_of(organisation))
            actions.print_copies(handout, told["copies"], by=request.actor, at=request.at)
            return _as_file(paper)
        except ValidationError as error:
            form.add_error(None, error)
        except Unprintable:
            form.add_error(None, _("Er staat een teken in dat we niet kunnen afdrukken."))
    context = {"row": row, "found": found, "form": form, "is_exercise": row.run.incident.is_exercise}
    return render(request, "handouts/print.html", context, status=422 if form.errors else 200)


def _as_file(paper: bytes) -> HttpResponse:
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="drukwerk.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
