"""Pages of the police: send somebody with their yes, a newer assessment, or count who wants no help."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.accounts.queries import places_of
from nabij.cases.actions import Facts
from nabij.cases.content import reached_alone_from
from nabij.cases.models import Capacity, WayIn
from nabij.incidents.views.finding import posted
from nabij.people.actions.receiving import Met
from nabij.police import actions
from nabij.police.forms import AssessmentForm, DeclineForm, ReferralForm, UpdateForm
from nabij.police.policies import can_refer, is_told
from nabij.police.queries import headcounts_for, sent_by


def _check(request: Request) -> None:
    if not can_refer(request.actor):
        raise PermissionDenied


@never_cache
@require_safe
def sent(request: Request) -> HttpResponse:
    """Panel of the officer's desk: what was sent, and whether victim support read it; no names."""
    _check(request)
    return render(request, "police/_sent.html", {"sent": sent_by(request.actor)})


@never_cache
@require_http_methods(["GET", "POST"])
def refer(request: Request) -> HttpResponse:
    """Send somebody who said yes."""
    _check(request)
    places = places_of(request.actor, request.at)
    form = ReferralForm(posted(request), places=places)
    has_assessment = "has_assessment" in request.POST
    second = AssessmentForm(posted(request) if has_assessment else None)
    if request.method == "POST" and form.is_valid() and (not has_assessment or second.is_valid()):
        try:
            actions.receive_referral(
                _referral(form, second if has_assessment else None), by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Verstuurd. Slachtofferhulp neemt contact op."))
            return redirect("police:refer")
    wrong = form.errors or (has_assessment and second.errors)
    context = {"form": form, "second": second, "is_open": has_assessment}
    return render(request, "police/refer.html", context, status=422 if wrong else 200)


def _referral(form: ReferralForm, second: AssessmentForm | None) -> actions.Referral:
    clean = form.cleaned_data
    met = Met(
        clean["name"], clean["phone"], clean["language"], "", wants_contact=False, email=clean["email"],
        address=clean["address"], consent_version=actions.POLICE_TEXT,
    )  # fmt: skip
    facts = Facts(
        clean["topic"], Capacity(clean["capacity"]), WayIn.POLICE, clean["happened_on"],
        is_severe=clean["is_severe"], is_minor=clean["is_minor"],
    )  # fmt: skip
    message = second.message() if second else None
    agreed = form.agreed(is_safe_only=message is not None and actions.SAFE_ONLY in message.measures)
    return actions.Referral(
        met, facts, clean["municipality"], agreed, message, lives_with_suspect=clean["lives_with_suspect"]
    )


@never_cache
@require_http_methods(["GET", "POST"])
def update(request: Request) -> HttpResponse:
    """A newer assessment of somebody who was sent before, by the police's own number."""
    _check(request)
    form = UpdateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        house = form.cleaned_data["lives_with_suspect"]
        try:
            number = actions.receive_update(
                form.message(), lives_with_suspect=house, by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if number:
                messages.success(request, _("Verstuurd. De hulpverlener ziet het direct."))
                return redirect("police:update")
            form.add_error("police_number", _("Onder dit nummer stuurde u nog geen beoordeling."))
    context = {"form": form}
    return render(request, "police/update.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def decline(request: Request) -> HttpResponse:
    """Count somebody who wants no help."""
    _check(request)
    form = DeclineForm(posted(request), places=places_of(request.actor, request.at))
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline_help(form.hit(), None, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Geteld. Er is niets over deze persoon bewaard."))
            return redirect("police:refer")
    return render(request, "police/decline.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def counted(request: Request) -> HttpResponse:
    """Panel of the municipality's desk: what happened here and how many it hit; no names."""
    if not is_told(request.actor):
        raise PermissionDenied
    return render(
        request,
        "police/_counted.html",
        {"counted": headcounts_for(request.actor, request.at), "age": reached_alone_from()},
    )
