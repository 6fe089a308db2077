"""Contacts and their notes, and the end of help."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.cases.forms import ReasonForm
from nabij.cases.policies import can_close, can_help, can_reopen
from nabij.cases.views.finding import case_or_404
from nabij.incidents.views.finding import posted
from nabij.support import actions
from nabij.support.forms import CloseForm, ContactForm
from nabij.support.models import CloseReason, ContactKind
from nabij.support.queries import contact_for, draft_of, latest_of


@never_cache
@require_safe
def contacts(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: contacts, the latest on top."""
    case = case_or_404(request, pk)
    found, has_draft = latest_of(case, request.actor, request.at)
    context = {
        "case": case,
        "contacts": found,
        "has_draft": has_draft,
        "may_help": can_help(request.actor, case, request.at),
        "may_close": can_close(request.actor, case, request.at),
        "may_reopen": can_reopen(request.actor, case, request.at),
    }
    return render(request, "support/_contacts.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: Request, pk: UUID) -> HttpResponse:
    """Write about a contact; what is typed is kept by itself until it is finished."""
    case = case_or_404(request, pk)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    draft = draft_of(case, request.actor)
    known = (
        {"kind": draft[0].kind, "happened_at": draft[0].happened_at, "notes": draft[1]}
        if draft
        else {"kind": ContactKind.CALL, "happened_at": request.at}
    )
    form = ContactForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        kind, notes, moment = (form.cleaned_data[name] for name in ("kind", "notes", "happened_at"))
        told = (case, ContactKind(kind), notes, moment)
        if "concept" in request.POST or request.htmx:
            actions.save_draft(*told, by=request.actor, at=request.at)
            return render(request, "support/_saved.html", {"at": request.at})
        actions.finish_contact(*told, by=request.actor, at=request.at)
        messages.success(request, _("Het contact staat in het dossier."))
        return redirect("cases:case", pk)
    if request.htmx:
        return HttpResponse(status=204)
    context = {"case": case, "form": form}
    return render(request, "support/contact.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def notes(request: Request, pk: UUID) -> HttpResponse:
    """A colleague's notes, after a reason."""
    found = contact_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    case = case_or_404(request, found.case_id)
    form, shown = ReasonForm(posted(request)), None
    if request.method == "POST" and form.is_valid():
        shown = actions.open_notes(found, form.cleaned_data["reason"], by=request.actor, at=request.at)
    context = {"case": case, "contact": found, "form": form, "notes": shown}
    return render(request, "support/notes.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def close(request: Request, pk: UUID) -> HttpResponse:
    """End the help, after asking what the person thinks of it."""
    case = case_or_404(request, pk)
    if not can_close(request.actor, case, request.at):
        raise PermissionDenied
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        reason = CloseReason(told.pop("reason"))
        try:
            actions.close_case(case, reason, **told, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error("reason", error)
        else:
            messages.success(request, _("Het dossier is afgesloten. Heropenen kan altijd."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Hulp afsluiten")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    """Go on with a closed case."""
    case = case_or_404(request, pk)
    try:
        actions.reopen_case(case, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
    return redirect("cases:case", pk)
