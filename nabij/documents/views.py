"""Documents on the page of a case, and in the own space."""

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
from nabij.documents import actions
from nabij.documents.actions import Given
from nabij.documents.content import kinds, largest_form
from nabij.documents.forms import AddForm, RemoveForm, SendForm
from nabij.documents.models import Document
from nabij.documents.policies import can_add, can_change
from nabij.documents.queries import (
    ShownDocument,
    bytes_of,
    document_for,
    documents_of_case,
    open_case_of,
    own_documents,
    own_removals,
)
from nabij.incidents.views.finding import posted
from nabij.kit.uploads import is_too_large, takes_file
from nabij.people.visit import renew
from nabij.privacy.purposes import Purpose

TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}


def _file(document: Document) -> HttpResponse:
    """The bytes to keep, under a name that says nothing."""
    content = bytes_of(document)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=TYPES[document.form])
    answer["Content-Disposition"] = f'attachment; filename="stuk.{document.form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _found(request: Request, pk: UUID) -> ShownDocument:
    found = document_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: its documents."""
    case = case_or_404(request, pk)
    context = {
        "case": case,
        "documents": documents_of_case(request.actor, case, request.at),
        "may_add": can_add(request.actor, case, request.at),
    }
    return render(request, "documents/_panel.html", context)


@takes_file(largest_form())
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: Request, pk: UUID) -> HttpResponse:
    """Add a picture or a paper to a case."""
    case = case_or_404(request, pk)
    if not can_add(request.actor, case, request.at):
        raise PermissionDenied
    form = AddForm(posted(request), request.FILES or None, is_too_large=is_too_large(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        given = Given(told["title"], told["kind"], told["is_shown"])
        try:
            actions.add_document(case, given, form.content(), by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Het stuk is bewaard."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Stuk toevoegen")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def download(request: Request, pk: UUID) -> HttpResponse:
    """One document of a case, to keep."""
    row = _found(request, pk).document
    log_read([row.case.person_id], by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    return _file(row)


@never_cache
@require_POST
def seen(request: Request, pk: UUID) -> HttpResponse:
    """What the person sent was looked at."""
    row = _found(request, pk).document
    actions.see_document(row, by=request.actor, at=request.at)
    return redirect("cases:case", row.case_id)


@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: Request, pk: UUID) -> HttpResponse:
    """Remove a document, with a reason."""
    found = _found(request, pk)
    row = found.document
    if not can_change(request.actor, row, request.at):
        raise PermissionDenied
    form = RemoveForm(posted(request))
    if request.method == "GET":
        log_read([row.case.person_id], by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    if request.method == "POST" and form.is_valid():
        actions.remove_document(row, form.cleaned_data["reason"], by=request.actor, at=request.at)
        messages.success(request, _("Het stuk is verwijderd."))
        return redirect("cases:case", row.case_id)
    context = {"case": row.case, "found": found, "form": form}
    return render(request, "documents/remove.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Panel of my own space: the way to my documents."""
    visit = visit_of(request)
    shown = own_documents(visit.actor, visit.at) if visit else []
    context = {
        "number": len(shown),
        "has_removed": bool(visit and own_removals(visit.actor)),
        "may_send": bool(visit and open_case_of(visit.whose)),
    }
    return render(request, "documents/_door.html", context)


@takes_file(largest_form())
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My documents, and sending one in."""
    visit = visit_of(request)
    if visit is None:
        return redirect("people:own")
    case = open_case_of(visit.whose)
    with in_own_language(request):
        form = SendForm(posted(request), request.FILES or None, is_too_large=is_too_large(request))
        if request.method == "POST" and case and form.is_valid():
            given = Given(form.cleaned_data["title"], kinds()[-1][0], is_shown=True)
            try:
                actions.add_document(case, given, form.content(), by=visit.actor, at=visit.at)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect("documents:mine")
        shown = own_documents(visit.actor, visit.at)
    removals = own_removals(visit.actor)
    context = {"form": form, "documents": shown, "removals": removals, "may_send": case is not None}
    return page(request, "documents/mine.html", visit, 422 if form.errors else 200, **context)


@login_not_required
@never_cache
@require_safe
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of my documents, to keep."""
    visit = visit_of(request)
    if visit is None:
        return redirect("people:own")
    shown = document_for(visit.actor, pk, visit.at)
    if shown is None:
        raise Http404
    return renew(_file(shown.document), request)
