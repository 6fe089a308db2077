"""Printing what is approved, and letters to many addresses."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.flyers import actions
from nabij.flyers.forms import FillForm, LettersForm, told_count
from nabij.flyers.paper import Unprintable, as_pdf
from nabij.flyers.policies import can_make
from nabij.flyers.queries import bundles_of, letters_of, senders_of, sheet_of
from nabij.flyers.views.finding import as_file, job_or_404, line_or_404, organisation_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def print_leaflet(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Choose languages, fill in, and get the PDF; only of what is approved or for staff."""
    organisation = organisation_or_404(request, pk)
    line = line_or_404(organisation, code)
    if not line.is_printable:
        raise Http404
    texts = line.in_force.printable if line.in_force else line.template.texts
    given = request.POST if request.method == "POST" else None
    form = FillForm(given, template=line.template, texts=texts)
    if request.method == "POST" and form.is_valid():
        sheet = sheet_of(line, form.cleaned_data["languages"], form.filled)
        try:
            return as_file(as_pdf(sheet, senders_of(organisation)))
        except Unprintable:
            form.add_error(None, _("Er staat een teken in dat we niet kunnen afdrukken."))
    context = {"organisation": organisation, "line": line, "form": form}
    return render(request, "flyers/print.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: Request, pk: UUID, code: str) -> HttpResponse:
    """A letter to each of many addresses: fill in once, paste the list."""
    organisation = organisation_or_404(request, pk)
    line = line_or_404(organisation, code)
    edition = line.in_force
    if edition is None or line.template.kind != "letter":
        raise Http404
    if not can_make(request.actor, organisation):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else None
    form = LettersForm(given, template=line.template, texts=edition.printable)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            row = actions.ask_letters(
                edition, told["languages"], form.filled, told["addresses"], by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("flyers:job", row.pk)
    context = {"organisation": organisation, "line": line, "form": form}
    return render(request, "flyers/letters.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def job(request: Request, pk: UUID) -> HttpResponse:
    """How far the letters are, and the letters themselves when they are ready."""
    found = job_or_404(request, pk)
    context = {
        "job": found,
        "letters": told_count(found.count),
        "bundles": bundles_of(found),
        "may_make": can_make(request.actor, found.edition.leaflet.organisation),
    }
    return render(request, "flyers/job.html", context)


@never_cache
@require_safe
def progress(request: Request, pk: UUID) -> HttpResponse:
    """How far it is; when it is over the page is fetched anew."""
    found = job_or_404(request, pk)
    answer = render(request, "flyers/_progress.html", {"job": found})
    if not found.is_busy:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def letters_pdf(request: Request, pk: UUID) -> HttpResponse:
    """The letters to keep, for who made them possible: addresses go to nobody else."""
    found = job_or_404(request, pk)
    if not can_make(request.actor, found.edition.leaflet.organisation):
        raise PermissionDenied
    number = request.POST.get("bundel", "1")
    pdf = letters_of(found, int(number)) if number.isdecimal() and len(number) < 5 else None
    if pdf is None:
        raise Http404
    return as_file(pdf)


@require_POST
def again(request: Request, pk: UUID) -> HttpResponse:
    """Try once more what failed."""
    found = job_or_404(request, pk)
    try:
        actions.ask_again(found, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("flyers:job", pk)
