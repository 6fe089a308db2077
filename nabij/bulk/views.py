"""Work for many: chosen, asked, followed, and tried again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.bulk import actions, content
from nabij.bulk.actions import Wanted
from nabij.bulk.forms import ASSIGN, LETTER, BulkForm
from nabij.bulk.models import BulkJob
from nabij.bulk.paper import as_pdf
from nabij.bulk.queries import (
    Selection,
    bulk_for,
    failed_of,
    groups_at,
    letter_of,
    municipalities_at,
    papers_of,
    selected,
)
from nabij.desk.policies import can_lead
from nabij.desk.queries.needs import member_of, people_for
from nabij.desk.views.finding import desk_or_404
from nabij.incidents.models import Incident
from nabij.incidents.views.finding import mark, posted


@never_cache
@require_http_methods(["GET", "POST"])
def bulk(request: Request, pk: UUID) -> HttpResponse:
    """Choose for whom and what; below it what was asked before."""
    incident = desk_or_404(request, pk)
    if not can_lead(request.actor, incident, request.at):
        raise PermissionDenied("Werk voor velen is voor de leider registratie.")
    form = BulkForm(
        posted(request),
        people=people_for(incident, request.at),
        places=municipalities_at(incident),
        groups=groups_at(incident),
    )
    if form.is_bound and form.is_valid() and _is_sure(request, incident, form):
        told = form.cleaned_data
        try:
            asked = actions.ask_bulk(
                incident, _selection(told), _wanted(told), by=request.actor, at=request.at
            )
            return redirect("bulk:job", asked.pk)
        except ValidationError as error:
            form.add_error(None, error)
    jobs = bulk_for(request.actor, request.at).filter(incident=incident)[: content.number("most_shown")]
    page = {"incident": incident, "form": form, "jobs": jobs}
    return render(request, "bulk/bulk.html", page, status=422 if form.errors else 200)


def _is_sure(request: Request, incident: Incident, form: BulkForm) -> bool:
    """Whether one said yes to this very number of people; nobody is left to `ask_bulk` to refuse."""
    told = form.cleaned_data
    number = selected(incident, _selection(told), request.actor, request.at).count()
    if number and told["is_sure"] != str(number):
        form.ask_if_sure(number)
        return False
    return True


def _selection(told: dict[str, Any]) -> Selection:
    return Selection(
        told["need"], told["relation"], told["municipality"], told["has_no_email"], told.get("group", ""),
        told["receiver"],
    )  # fmt: skip


def _wanted(told: dict[str, Any]) -> Wanted:
    if told["what"] == LETTER:
        return Wanted(text=told["text"].strip(), english=told["english"].strip())
    if told["what"] == ASSIGN:
        return Wanted(owner=member_of(UUID(told["owner"])))
    return Wanted(told["what"], {name: told[name] for name in content.values_of(told["what"])})


def _job_or_404(request: Request, pk: UUID) -> BulkJob:
    found = get_object_or_404(bulk_for(request.actor, request.at), pk=pk)
    mark(request, found.incident)
    return found


@never_cache
@require_safe
def job(request: Request, pk: UUID) -> HttpResponse:
    """How far it is, and for whom it did not work."""
    found = _job_or_404(request, pk)
    page = {
        "job": found,
        "failed": failed_of(found),
        "letter": letter_of(found),
        "papers": len(papers_of(found)),
    }
    return render(request, "bulk/job.html", page)


@never_cache
@require_safe
def progress(request: Request, pk: UUID) -> HttpResponse:
    """How far it is; when it is over the page is fetched anew."""
    found = _job_or_404(request, pk)
    answer = render(request, "bulk/_progress.html", {"job": found})
    if found.state == "ready":
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
def again(request: Request, pk: UUID) -> HttpResponse:
    """Try once more what failed."""
    found = _job_or_404(request, pk)
    try:
        actions.try_again(found, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("bulk:job", pk)


@never_cache
@require_POST
def paper(request: Request, pk: UUID) -> HttpResponse:
    """Letters to print for whom nothing safe reaches; asked with a form, as each reading is logged."""
    found = _job_or_404(request, pk)
    try:
        papers = actions.print_letters(found, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect("bulk:job", pk)
    response = HttpResponse(as_pdf(papers, letter_of(found)), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="brieven.pdf"'
    return response
