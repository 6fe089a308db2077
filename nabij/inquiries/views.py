"""Pages for a question from outside: what to say, and what the data protection officer answers."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.inquiries import actions, content
from nabij.inquiries.forms import SettleForm, TakeForm
from nabij.inquiries.policies import can_settle, can_take
from nabij.inquiries.queries import inquiries_for, inquiry_for, waiting_count


@never_cache
@require_http_methods(["GET", "POST"])
def take(request: Request) -> HttpResponse:
    """Choose who asks and what; then read what to say."""
    if not can_take(request.actor):
        raise PermissionDenied
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        row = actions.take_inquiry(told["asker"], told["wish"], by=request.actor, at=request.at)
        context = {"inquiry": row, "answer": content.answer_to(row.wish)}
        return render(request, "inquiries/answer.html", context)
    return render(request, "inquiries/take.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel of the officer's desk: how many questions wait."""
    if not can_settle(request.actor):
        raise PermissionDenied
    return render(request, "inquiries/_waiting.html", {"number": waiting_count(request.actor)})


@never_cache
@require_safe
def inquiries(request: Request) -> HttpResponse:
    """What waits for the officer, and the latest others."""
    if not can_settle(request.actor):
        raise PermissionDenied
    shown = inquiries_for(request.actor, request.at)
    return render(request, "inquiries/inquiries.html", {"inquiries": shown})


@never_cache
@require_http_methods(["GET", "POST"])
def inquiry(request: Request, pk: UUID) -> HttpResponse:
    """One question, and the officer's answer to it."""
    shown = inquiry_for(request.actor, pk, request.at)
    if shown is None:
        raise Http404
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_inquiry(pk, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:  # somebody was first
            messages.warning(request, error.messages[0])
            return redirect("inquiries:inquiry", pk)
        messages.success(request, _("Bewaard. Deze vraag is afgehandeld."))
        return redirect("inquiries:inquiries")
    context = {"shown": shown, "form": form}
    return render(request, "inquiries/inquiry.html", context, status=422 if form.errors else 200)
