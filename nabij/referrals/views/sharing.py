"""In a case: what may be shared and what was, referring somebody, and offering the case to another team."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.cases.policies import can_help, can_lead
from nabij.cases.presence import has
from nabij.cases.views.finding import case_or_404
from nabij.consents import actions as consents
from nabij.consents import content as sharing
from nabij.consents.policies import can_weigh
from nabij.consents.queries import consent_for, running_consents, shares_of
from nabij.incidents.views.finding import posted
from nabij.referrals import actions, content
from nabij.referrals.forms import ConsentForm, ReferForm, TransferForm
from nabij.referrals.policies import can_revoke
from nabij.referrals.queries import (
    access_requests_of,
    email_of_partner,
    other_teams,
    referral_for,
    referrals_of,
    running_transfer,
    transfer_for,
)


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: consents as switches, referrals and their answers, who asks to see it."""
    case = case_or_404(request, pk)
    context = {
        "case": case,
        "consents": running_consents(case.person_id, request.at) if has(case, "consents") else [],
        "referrals": referrals_of(case, request.at) if has(case, "referrals") else [],
        "transfer": running_transfer(case) if has(case, "transfer") else None,
        "requests": access_requests_of(case) if can_lead(request.actor, case, request.at) else [],
        "may_help": can_help(request.actor, case, request.at),
    }
    return render(request, "referrals/_panel.html", context)


@never_cache
@require_safe
def shared(request: Request, pk: UUID) -> HttpResponse:
    """Everything that was shared about this person, with whom and until when."""
    case = case_or_404(request, pk)
    return render(request, "referrals/shared.html", {"case": case, "shares": shares_of(case.person_id)})


@never_cache
@require_http_methods(["GET", "POST"])
def consent(request: Request, pk: UUID) -> HttpResponse:
    """Ask about sharing with one receiver."""
    case = case_or_404(request, pk)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    form = ConsentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            consents.answer_consent(case.person, form.told(), by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "text": sharing.text()}
    return render(request, "referrals/consent.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Take a yes back on the person's behalf."""
    found = consent_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    consents.withdraw_consent(found, by=request.actor, at=request.at)
    messages.success(request, _("Ingetrokken. Wat op dit ja werd gedeeld, is nu gestopt."))
    return redirect("cases:case", _case_of(request))


def _case_of(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("dossier", ""))
    except ValueError as error:
        raise Http404 from error


@never_cache
@require_http_methods(["GET", "POST"])
def refer(request: Request, pk: UUID) -> HttpResponse:
    """Ask a partner to help further; the code is shown once."""
    case = case_or_404(request, pk)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    usual = content.partners_for(case.topic)[0]
    form = ReferForm(
        posted(request),
        may_weigh=can_weigh(request.actor, case.person, request.at),
        initial={"partner": usual.key, "kinds": usual.kinds},
    )
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        email = clean["email"] or email_of_partner(case.team_id, clean["partner"])
        told = actions.Referring(**{**clean, "email": email, "kinds": tuple(clean["kinds"])})
        try:
            referral, code = actions.refer(case, told, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "referrals/code.html", {"case": case, "code": code, "referral": referral})
    context = {"case": case, "form": form, "usual": usual}
    return render(request, "referrals/refer.html", context, status=422 if form.errors else 200)


@require_POST
def change(request: Request, pk: UUID) -> HttpResponse:
    """Another code, or stop a referral."""
    referral = referral_for(request.actor, pk, request.at)
    if referral is None or not can_revoke(request.actor, referral, request.at):
        raise Http404
    if "code" in request.POST:
        code = actions.new_code(referral, by=request.actor, at=request.at)
        page = {"case": referral.case, "code": code, "referral": referral}
        return render(request, "referrals/code.html", page)
    actions.revoke_referral(referral, by=request.actor, at=request.at)
    messages.success(request, _("Gestopt. De partner kan niets meer lezen en krijgt daar bericht van."))
    return redirect("cases:case", referral.case_id)


@never_cache
@require_http_methods(["GET", "POST"])
def transfer(request: Request, pk: UUID) -> HttpResponse:
    """Offer the case to another team."""
    case = case_or_404(request, pk)
    if not can_help(request.actor, case, request.at):
        raise PermissionDenied
    form = TransferForm(posted(request), teams=other_teams(case))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_transfer(case, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Aangeboden. U blijft helpen tot het andere team ja zegt."))
            return redirect("cases:case", pk)
    context = {"case": case, "form": form, "title": _("Aanbieden aan een ander team")}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: Request, pk: UUID) -> HttpResponse:
    """Take an offered case back."""
    found = transfer_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    actions.revoke_transfer(found, by=request.actor, at=request.at)
    return redirect("cases:case", found.case_id)
