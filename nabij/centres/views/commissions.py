"""Commissioning a centre: by form, aloud, and confirming by link."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.audit.actor import link_of
from nabij.centres import policies
from nabij.centres.actions import (
    Questioned,
    build_centre,
    commission_centre,
    confirm_commission,
    enter_spoken_commission,
)
from nabij.centres.forms import CommissionForm, SpokenCommissionForm
from nabij.centres.links import token_hash
from nabij.centres.models import AdviceCentre
from nabij.centres.queries import (
    centre_of,
    commission_by_hash,
    commission_words,
    commissioning_organisations,
    organisation_of,
    usual_values,
)
from nabij.centres.views.finding import back_to, centre_or_404
from nabij.incidents.models import Incident
from nabij.incidents.refusals import Refused
from nabij.incidents.views.finding import incident_or_404
from nabij.kit import clock
from nabij.kit.offering import offer


@require_http_methods(["GET", "HEAD", "POST"])
def commission(request: Request, incident_pk: UUID) -> HttpResponse:
    """The order by the commissioner's own organisation; the two hours start when it is sent."""
    incident = incident_or_404(request, incident_pk)
    if not policies.can_commission(request.actor, incident, request.at):
        raise PermissionDenied
    organisation = organisation_of(request.actor)
    form = CommissionForm(request.POST or None, initial=usual_values(incident, organisation))
    return _answer(request, incident, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def spoken(request: Request, incident_pk: UUID) -> HttpResponse:
    """The order that somebody gave aloud, entered by the coordinator; the two hours started then."""
    incident = incident_or_404(request, incident_pk)
    if not policies.can_enter_spoken(request.actor, incident, request.at):
        raise PermissionDenied
    form = SpokenCommissionForm(request.POST or None, at=request.at, initial=usual_values(incident, None))
    offer(form, organisation=commissioning_organisations(incident))
    return _answer(request, incident, form, form)


def _answer(
    request: Request, incident: Incident, form: CommissionForm, spoken_form: SpokenCommissionForm | None
) -> HttpResponse:
    """The form, again when something is wrong; otherwise the page of the new centre."""
    existing = centre_of(incident)
    if existing is not None:
        return redirect("centres:detail", existing.pk)
    if request.method == "POST" and form.is_valid():
        try:
            centre = _commissioned(request, incident, form, spoken_form)
        except Questioned as asked:
            form.ask_about_name(asked.message)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return back_to(centre, request, done=_("De opdracht is ontvangen. De klok loopt."))
    context = {
        "form": form, "incident": incident, "is_spoken": spoken_form is not None,
        "is_exercise": incident.is_exercise,
    }  # fmt: skip
    return render(request, "centres/commission.html", context, status=422 if form.errors else 200)


def _commissioned(
    request: Request, incident: Incident, form: CommissionForm, spoken_form: SpokenCommissionForm | None
) -> AdviceCentre:
    if spoken_form is None:
        data = form.data_for(organisation_of(request.actor))
        return commission_centre(incident, data, by=request.actor, at=request.at)
    clean = spoken_form.cleaned_data
    return enter_spoken_commission(
        incident,
        spoken_form.data_for(clean["organisation"]),
        commissioned_at=clean["commissioned_at"],
        by=request.actor,
        at=request.at,
    )


@require_POST
def build(request: Request, pk: UUID) -> HttpResponse:
    """Fill the centre from the template again."""
    centre = centre_or_404(request, pk)
    build_centre(centre, by=request.actor, at=request.at)
    return back_to(centre, request, done=_("Het IAC is ingericht."))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the coordinator wrote down; looking changes nothing, the button confirms."""
    found = commission_by_hash(token_hash(token))
    if found is None:
        return render(request, "centres/confirm.html", {"state": "unknown"}, status=404)
    at, actor = clock.now(), link_of(found.pk)
    state = "done" if found.is_confirmed else "open" if policies.can_confirm(actor, found, at) else "expired"
    if request.method == "POST" and state == "open":
        confirm_commission(found, by=actor, at=at)
        return redirect("centres:confirm", token)
    context = {
        "state": state,
        "commission": commission_words(found.centre) if state == "open" else None,
        "found": found,
    }
    return render(request, "centres/confirm.html", context, status=410 if state == "expired" else 200)
