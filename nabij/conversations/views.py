"""Messages in the own space, and on the case for who helps."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.acting.queries import name_for
from nabij.acting.visit import Visit, in_own_language, page, visit_of
from nabij.audit.actor import Actor, Scope
from nabij.audit.reading import log_read
from nabij.cases.models import Case
from nabij.cases.views.finding import case_or_404
from nabij.contact.danger import lifelines, tells_of_danger
from nabij.contact.doors import DoorKey, phone_of
from nabij.conversations import actions, content
from nabij.conversations.forms import DraftForm, MessageForm
from nabij.conversations.models import Side
from nabij.conversations.policies import can_take_part, can_write
from nabij.conversations.queries import (
    draft_of,
    message_for,
    messages_for,
    own_cases,
    unread_by,
    unread_by_person,
)
from nabij.incidents.views.finding import posted
from nabij.people.visit import renew
from nabij.privacy.purposes import Purpose


def _form(request: HttpRequest, actor: Actor, case: Case) -> MessageForm:
    key, text = draft_of(actor, case) or (uuid4(), "")
    kind = DraftForm if _is_draft(request) else MessageForm
    return kind(posted(request), initial={"key": key, "text": text})


def _is_draft(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request")) or "concept" in request.POST


def _sent(request: HttpRequest, form: MessageForm, case: Case, actor: Actor, at: Any) -> HttpResponse | None:
    """Send or keep what was typed; None when the page must say what is wrong."""
    if form.is_valid():
        told = (case, form.cleaned_data["text"], form.cleaned_data["key"])
        try:
            if _is_draft(request):
                kept = actions.save_draft(*told, by=actor, at=at)
                return render(request, "conversations/_saved.html", {"at": at, "is_kept": bool(kept)})
            actions.send_message(*told, by=actor, at=at)
            return redirect(request.path)
        except ValidationError as error:
            form.add_error("text", error.messages[0])
    return HttpResponse(status=204) if request.headers.get("HX-Request") else None


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """My messages with who helps me, and a new one."""
    visit = visit_of(request, Scope.MESSAGES)
    if visit is None:
        return redirect("people:own")
    cases = own_cases(visit.actor)
    case = next((each for each in cases if each.pk == pk), None) if pk else cases[0]
    if case is None:
        raise Http404
    with in_own_language(request):
        form = _form(request, visit.actor, case)
        answer = None
        if request.method == "POST":
            answer = _sent(request, form, case, visit.actor, visit.at)
        if answer is not None:
            return renew(answer, request)
        return _mine(request, form, case, cases, visit)


def _mine(
    request: HttpRequest, form: MessageForm, case: Case, cases: list[Case], visit: Visit
) -> HttpResponse:
    actor, at = visit.actor, visit.at
    shown = messages_for(actor, case, at)
    if request.method == "GET":
        actions.mark_read(case, by=actor, at=at)
    if not visit.is_own:
        log_read([visit.whose], by=actor, purpose=Purpose.OWN_SPACE, at=at)
    context = {
        "form": form,
        "case": case,
        "name": name_for(actor),
        "others": [each for each in cases if each != case],
        "messages_shown": shown,
        "may_write": can_write(actor, case, at),
        "is_in_danger": any(each.is_mine and tells_of_danger(each.text) for each in shown[-3:]),
        "lifelines": lifelines(at),
        "days": content.answered_within(),
        "phone": phone_of(DoorKey.PUBLIC_LINE),
    }
    return page(request, "conversations/mine.html", visit, 422 if form.errors else 200, **context)


@login_not_required
@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take my message back."""
    visit = visit_of(request, Scope.MESSAGES)
    if visit is None:
        return redirect("people:own")
    found = message_for(visit.actor, pk, visit.at)
    if found is None:
        raise Http404
    actions.withdraw_message(found, by=visit.actor, at=visit.at)
    return redirect("conversations:of_case", found.case_id)


@login_not_required
@never_cache
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Panel of my own space: the way to my messages, and how many are new."""
    visit = visit_of(request, Scope.MESSAGES)
    number = unread_by_person(visit.whose) if visit and visit.is_own else 0
    return render(request, "conversations/_door.html", {"number": number})


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: how many messages nobody read yet, and the way to them; no words of them."""
    found = case_or_404(request, pk)
    context = {"case": found, "number": unread_by(Side.HELPER, found)}
    return render(request, "conversations/_panel.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def case(request: Request, pk: UUID) -> HttpResponse:
    """The messages of a case, and an answer."""
    found = case_or_404(request, pk)
    may_write = can_write(request.actor, found, request.at)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = _form(request, request.actor, found)
    answer = _sent(request, form, found, request.actor, request.at) if request.method == "POST" else None
    if answer is not None:
        return answer
    shown = messages_for(request.actor, found, request.at)
    if request.method == "GET":
        actions.mark_read(found, by=request.actor, at=request.at)
    context = {
        "case": found,
        "form": form,
        "messages_shown": shown,
        "may_write": may_write,
        "takes_part": can_take_part(request.actor, found, request.at),
    }
    return render(request, "conversations/case.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def settle(request: Request, pk: UUID) -> HttpResponse:
    """Everything was read and needs no answer."""
    found = case_or_404(request, pk)
    if not can_write(request.actor, found, request.at):
        raise PermissionDenied
    if actions.settle_messages(found, by=request.actor, at=request.at):
        messages.success(request, _("De taak is klaar."))
        return redirect("cases:case", pk)
    messages.warning(request, _("Er kwam een nieuw bericht. Lees dat eerst."))
    return redirect("conversations:case", pk)


@never_cache
@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """A helper takes a message of their own back."""
    found = message_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    actions.withdraw_message(found, by=request.actor, at=request.at)
    return redirect("conversations:case", found.case_id)
