"""One round: its pairs, their briefing, and the street as it stands."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.doors import actions
from nabij.doors.content import counted
from nabij.doors.forms import BriefingForm, PairForm
from nabij.doors.models import Round
from nabij.doors.policies import can_plan, reads_exact_counts
from nabij.doors.queries import doors_at, municipal_people, pairs_in, promised_people, street_of, sums_of
from nabij.doors.views.finding import pair_or_404, planned_round_or_404


@never_cache
@require_http_methods(["GET", "POST"])
def round(request: Request, pk: UUID) -> HttpResponse:
    """The street, the sums and the pairs; who plans makes pairs here."""
    found = planned_round_or_404(request, pk)
    form = _pair_form(request, found)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.make_pair(
                found, clean["municipal"].pk, clean["supporter"].pk, by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Het koppel loopt mee."))
            return redirect("doors:round", pk)
    sums = sums_of(found)
    context = {
        "round": found,
        "form": form,
        "sums": sums,
        "wishes": counted(sums.wishes, exact=reads_exact_counts(request.actor)),
        "street": street_of(doors_at(found)),
        "pairs": pairs_in(found),
        "may_plan": found.closed_at is None and can_plan(request.actor, found.incident, request.at),
    }
    return render(request, "doors/round.html", context, status=422 if form.errors else 200)


def _pair_form(request: Request, found: Round) -> PairForm:
    people = municipal_people(found.incident, request.at)
    supporters = promised_people(found.incident, request.at)
    return PairForm(request.POST or None, municipal=people, supporters=supporters)


@never_cache
@require_http_methods(["GET", "POST"])
def brief(request: Request, pk: UUID) -> HttpResponse:
    """Go through the points together before going."""
    pair = pair_or_404(request, pk)
    form = BriefingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.brief_pair(pair, form.cleaned_data["points"], by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error("points", error)
        else:
            messages.success(request, _("De briefing is gedaan. Het koppel kan gaan."))
            walks = request.actor.id in (pair.municipal_id, pair.supporter_id)
            return redirect("doors:walk" if walks else "doors:round", pair.round_id)
    context = {"form": form, "pair": pair}
    return render(request, "doors/briefing.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: Request, pk: UUID) -> HttpResponse:
    """This pair does not walk after all."""
    pair = pair_or_404(request, pk)
    try:
        actions.drop_pair(pair, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
    return redirect("doors:round", pair.round_id)
