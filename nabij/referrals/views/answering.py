"""Answers: the partner behind the link, the leader who is offered a case, and requests for access."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.audit.actor import Actor, ActorKind
from nabij.audit.reading import log_read
from nabij.incidents.views.finding import posted
from nabij.kit import clock
from nabij.privacy.purposes import Purpose
from nabij.referrals import actions
from nabij.referrals.forms import AccessForm, CodeForm, EndForm
from nabij.referrals.models import Referral, ReferralState
from nabij.referrals.policies import can_ask_access, can_decide_access
from nabij.referrals.queries import (
    access_request,
    opened_of,
    referral_of_link,
    transfer_for,
    transfers_waiting,
)

COOKIE, SALT, LASTS = "verwijzing", "nabij.referrals.link", 30 * 60


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The partner's page: first the code, then what was shared and the answer; nothing after it ended."""
    at = clock.now()
    referral = referral_of_link(token, at)
    if referral is None or not referral.share.is_live:
        return render(request, "referrals/over.html", status=410 if referral else 404)
    partner = Actor(ActorKind.LINK, id=referral.pk)
    if _has_code(request, referral):
        if request.method == "POST" and "antwoord" in request.POST:
            return _answer(request, referral, partner, token)
        log_read([referral.case.person_id], by=partner, purpose=Purpose.AFTERCARE, at=at)
        page = {"opened": opened_of(referral), "form": EndForm()}
        return render(request, "referrals/partner.html", page)
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if actions.open_referral(referral, form.cleaned_data["code"], by=partner, at=at):
            return _remember(redirect("referrals:link", token), referral)
        form.add_error("code", _("Deze code klopt niet, of de link is gesloten. Bel onze medewerker."))
    return render(request, "referrals/ask_code.html", {"form": form}, status=422 if form.errors else 200)


def _answer(request: HttpRequest, referral: Referral, partner: Actor, token: str) -> HttpResponse:
    told = request.POST["antwoord"]
    new = {"ja": ReferralState.ACCEPTED, "nee": ReferralState.REFUSED, "klaar": ReferralState.DONE}.get(told)
    field = {ReferralState.REFUSED: "refusal", ReferralState.DONE: "outcome"}.get(
        new or ReferralState.SENT, ""
    )
    if new is None:
        raise Http404
    try:
        outcome = request.POST.get(field, "") if field else ""
        actions.answer_referral(referral, new, outcome, by=partner, at=clock.now())
    except (PermissionDenied, ValidationError):
        return redirect("referrals:link", token)
    if new == ReferralState.ACCEPTED:
        return redirect("referrals:link", token)
    return render(request, "referrals/over.html", {"is_thanked": True})


def _remember(response: HttpResponse, referral: Referral) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE, str(referral.pk), salt=SALT, max_age=LASTS, path="/doorverwijzing/", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    return response


def _has_code(request: HttpRequest, referral: Referral) -> bool:
    try:
        return request.get_signed_cookie(COOKIE, salt=SALT, max_age=LASTS) == str(referral.pk)
    except (KeyError, BadSignature):
        return False


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel of the leader's desk: cases that another team offers, without a name."""
    if not request.actor.may(Permission.LEAD_CASES):
        raise PermissionDenied
    found = transfers_waiting(request.actor, request.at)
    return render(request, "referrals/_waiting.html", {"transfers": found})


@require_POST
def take_over(request: Request, pk: UUID) -> HttpResponse:
    """Accept a case from another team, or refuse it with a reason."""
    found = transfer_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    is_accepted = request.POST.get("antwoord") == "ja"
    reason = request.POST.get("reden", "")
    try:
        actions.answer_transfer(found, reason, is_accepted=is_accepted, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, str(error.message))
    else:
        messages.success(request, _("Bewaard. Het andere team ziet uw antwoord."))
    return redirect("/werk/")


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask to see a case; the answer tells nothing that the asker may not know."""
    if not can_ask_access(request.actor):
        raise PermissionDenied
    form, answer = AccessForm(posted(request)), ""
    if request.method == "POST" and form.is_valid():
        known = actions.ask_access(**form.cleaned_data, by=request.actor, at=request.at)
        answer = "asked" if known else "nothing"
    context = {"form": form, "answer": answer}
    return render(request, "referrals/ask_access.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: Request) -> HttpResponse:
    """Panel beside the search: the way to ask for a case that is not open to you."""
    if not can_ask_access(request.actor):
        raise PermissionDenied
    return render(request, "referrals/_door.html")


@require_POST
def decide(request: Request, pk: UUID) -> HttpResponse:
    """Let a colleague see the case, or not."""
    found = access_request(pk)
    if found is None or not can_decide_access(request.actor, found, request.at):
        raise Http404
    is_granted = request.POST.get("antwoord") == "ja"
    actions.decide_access(found, is_granted=is_granted, by=request.actor, at=request.at)
    messages.success(request, _("Besluit bewaard."))
    return redirect("cases:case", found.case_id)
