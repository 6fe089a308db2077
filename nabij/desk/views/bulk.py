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
from nabij.desk import actions, content
from nabij.desk.actions.bulk import Wanted
from nabij.desk.forms import BulkForm
from nabij.desk.models import BulkJob
from nabij.desk.policies import can_lead
from nabij.desk.queries.bulk import Selection, bulk_for, failed_of, municipalities_at
from nabij.desk.queries.needs import member_of, people_for
from nabij.desk.views.finding import desk_or_404
from nabij.incidents.views.finding import mark, posted


@never_cache
@require_http_methods(["GET", "POST"])
def bulk(request: Request, pk: UUID) -> HttpResponse:
    """Choose for whom and what; below it what was asked before."""
    incident = desk_or_404(request, pk)
    if not can_lead(request.actor, incident, request.at):
        raise PermissionDenied("Werk voor velen is voor de leider registratie.")
    form = BulkForm(
        posted(request), people=people_for(incident, request.at), places=municipalities_at(incident)
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            job = actions.ask_bulk(incident, _selection(told), _wanted(told), by=request.actor, at=request.at)
            return redirect("desk:bulk_job", job.pk)
        except ValidationError as error:
            form.add_error(None, error)
    jobs = bulk_for(request.actor, request.at).filter(incident=incident)[: content.number("most_shown")]
    page = {"incident": incident, "form": form, "jobs": jobs}
    return render(request, "desk/bulk.html", page, status=422 if form.errors else 200)


def _selection(told: dict[str, Any]) -> Selection:
    return Selection(told["need"], told["relation"], told["municipality"], told["has_no_email"])


def _wanted(told: dict[str, Any]) -> Wanted:
    if told["what"] == "assign":
        return Wanted(owner=member_of(UUID(told["owner"])))
    return Wanted(told["what"], {name: told[name] for name in content.values_of(told["what"])})


def _job_or_404(request: Request, pk: UUID) -> BulkJob:
    found = get_object_or_404(bulk_for(request.actor, request.at), pk=pk)
    mark(request, found.incident)
    return found


@never_cache
@require_safe
def bulk_job(request: Request, pk: UUID) -> HttpResponse:
    """How far it is, and for whom it did not work."""
    job = _job_or_404(request, pk)
    return render(request, "desk/bulk_job.html", {"job": job, "failed": failed_of(job)})


@never_cache
@require_safe
def progress(request: Request, pk: UUID) -> HttpResponse:
    """How far it is; when it is over the page is fetched anew."""
    job = _job_or_404(request, pk)
    answer = render(request, "desk/_progress.html", {"job": job})
    if job.state == "ready":
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
def again(request: Request, pk: UUID) -> HttpResponse:
    """Try once more what failed."""
    job = _job_or_404(request, pk)
    try:
        actions.try_again(job, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("desk:bulk_job", pk)
