"""The phone page behind a link, the same page in the app, and a coordinator's answer for somebody."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.audit.actor import Actor, link_of
from nabij.kit import clock
from nabij.paging import actions, answers
from nabij.paging.forms import AnswerForForm
from nabij.paging.ladders import decline_reasons
from nabij.paging.models import Answer, Ask, Way
from nabij.paging.policies import can_answer, can_answer_for
from nabij.paging.queries import ask_of_link, asks_for, facts_of, open_asks_of


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the link that was sent; looking changes nothing, so a mail scanner cannot accept.

    The link itself is the proof, so no cookie is asked for.
    """
    ask = ask_of_link(token)
    if ask is None:
        return render(request, "paging/unknown_link.html", status=404)
    at = clock.now()
    with override(ask.page.language):
        if request.method != "POST":
            is_expired = at >= ask.expires_at and ask.answer != Answer.ACCEPTED
            return _phone_page(request, ask, is_expired=is_expired, by_link=True)
        outcome = _answer(request, ask, by=link_of(ask.membership_id), way=Way.LINK, at=at)
        if outcome is None or outcome == actions.Outcome.EXPIRED:
            return _phone_page(request, ask, is_expired=outcome is not None, by_link=True)
    return redirect("paging:link", token)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, ask_id: UUID) -> HttpResponse:
    """One's own ask in the app; a coordinator sees that of a colleague and may answer for them."""
    found = get_object_or_404(asks_for(request.actor, request.at), pk=ask_id)
    if not can_answer(request.actor, found, request.at):
        return _for_somebody(request, found)
    if request.method != "POST":
        return _phone_page(request, found, is_expired=False, by_link=False)
    outcome = _answer(request, found, by=request.actor, way=Way.APP, at=request.at)
    if outcome is None:
        return _phone_page(request, found, is_expired=False, by_link=False)
    return redirect("paging:ask", ask_id)


@require_safe
def mine(request: Request) -> HttpResponse:
    """Panel: what I am asked and have not answered."""
    return render(request, "paging/_mine.html", {"asks": open_asks_of(request.actor, request.at)})


def _answer(request: HttpRequest, ask: Ask, *, by: Actor, way: Way, at: datetime) -> actions.Outcome | None:
    """Pass on the button that was pressed; None when it was none of them."""
    pressed = request.POST.get("antwoord")
    if pressed == "reden":
        if request.POST.get("reden") in decline_reasons():
            actions.give_reason(ask, request.POST["reden"], by=by, at=at)
            return actions.Outcome.DECLINED
        return None
    if pressed == "ja":
        return actions.accept(ask, by=by, at=at, way=way)
    return actions.decline(ask, by=by, at=at, way=way) if pressed == "nee" else None


def _phone_page(request: HttpRequest, ask: Ask, *, is_expired: bool, by_link: bool) -> HttpResponse:
    context = {
        "ask": ask,
        "facts": facts_of(ask.page),
        "is_exercise": ask.page.is_exercise,
        "is_expired": is_expired,
        "reasons": decline_reasons().values(),
        "reason": ask.decline_reason,
        "by_link": by_link,
        "next_address": answers.next_address(ask) if ask.answer == Answer.ACCEPTED else "",
    }
    return render(request, "paging/phone.html", context, status=410 if is_expired else 200)


def _for_somebody(request: Request, ask: Ask) -> HttpResponse:
    if not can_answer_for(request.actor, ask, request.at):
        raise PermissionDenied
    form = AnswerForForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.accept_for(ask, by=request.actor, at=request.at, reason=form.cleaned_data["reason"])
        return redirect("paging:ask", ask.pk)
    context = {"ask": ask, "form": form, "facts": facts_of(ask.page), "is_exercise": ask.page.is_exercise}
    return render(request, "paging/for_somebody.html", context, status=422 if form.errors else 200)
