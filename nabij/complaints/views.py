"""Complaining in the own space, writing down what was heard, and answering."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.acting.visit import in_own_language, page, visit_of
from nabij.audit.reading import log_read
from nabij.cases.views.finding import case_or_404
from nabij.complaints import actions, content
from nabij.complaints.forms import AnswerForm, ComplaintForm, ToldForm
from nabij.complaints.models import Finding
from nabij.complaints.policies import can_answer, can_write_down, reads_complaints
from nabij.complaints.queries import complaint_for, latest_case_of, open_complaints, own_complaints
from nabij.incidents.views.finding import posted
from nabij.privacy.purposes import Purpose


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My complaints with their answers, and a new one."""
    visit = visit_of(request)
    case = latest_case_of(visit.whose) if visit else None
    if visit is None or case is None:
        return redirect("people:own")
    form = ComplaintForm(posted(request))
    with in_own_language(request):
        if request.method == "POST" and form.is_valid():
            try:
                actions.complain(case, **form.cleaned_data, by=visit.actor, at=visit.at)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect("complaints:mine")
        found = own_complaints(visit.whose, visit.at)
        context = {
            "form": form,
            "complaints": found,
            "may_complain": not any(each.complaint.is_open for each in found),
            "outside": content.outside(),
        }
    return page(request, "complaints/mine.html", visit, 422 if form.errors else 200, **context)


@login_not_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take my complaint back."""
    visit = visit_of(request)
    if visit is None:
        return redirect("people:own")
    found = complaint_for(visit.actor, pk, visit.at)
    if found is None:
        raise Http404
    actions.withdraw_complaint(found.complaint, by=visit.actor, at=visit.at)
    return redirect("complaints:mine")


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel of a leader's desk: complaints to answer, by due moment."""
    if not reads_complaints(request.actor):
        raise PermissionDenied
    shown = open_complaints(request.actor, request.at)
    return render(request, "complaints/_waiting.html", {"complaints": shown})


@never_cache
@require_http_methods(["GET", "POST"])
def told(request: Request, pk: UUID) -> HttpResponse:
    """Write down a complaint that the person told."""
    case = case_or_404(request, pk)
    if not can_write_down(request.actor, case, request.at):
        raise PermissionDenied
    form = ToldForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.complain(case, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De klacht ligt bij een teamleider."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Klacht opschrijven")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def complaint(request: Request, pk: UUID) -> HttpResponse:
    """One complaint, read and answered by a leader."""
    found = complaint_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    row = found.complaint
    if request.method == "GET":
        log_read([row.case.person_id], by=request.actor, purpose=Purpose.QUALITY, at=request.at)
    form = AnswerForm(posted(request))
    may_answer = can_answer(request.actor, row, request.at)
    if request.method == "POST" and may_answer and form.is_valid():
        finding = Finding(form.cleaned_data["finding"])
        actions.answer_complaint(row, finding, form.cleaned_data["text"], by=request.actor, at=request.at)
        messages.success(request, _("Het antwoord staat klaar voor de persoon."))
        return redirect("complaints:complaint", pk)
    context = {"found": found, "form": form, "may_answer": may_answer}
    return render(request, "complaints/complaint.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Panel of my own space: the way to complain, and whether an answer is there."""
    visit = visit_of(request)
    found = own_complaints(visit.whose, visit.at) if visit else []
    return render(request, "complaints/_door.html", {"latest": found[0].complaint if found else None})
