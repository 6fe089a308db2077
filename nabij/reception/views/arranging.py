"""The reception on one screen: places, counting, group talks and agreed presence."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.on_call.policies import can_lead
from nabij.reception import actions
from nabij.reception.forms import PlaceForm, PresenceForm, TalkForm
from nabij.reception.models import Counted, Party
from nabij.reception.queries import lines_of, places_of, presences_of, tally_of
from nabij.reception.views.finding import incident_or_404, place_or_404


@never_cache
@require_http_methods(["GET", "POST"])
def reception(request: Request, pk: UUID) -> HttpResponse:
    """The places of this incident with their cards and counts; opening one more."""
    incident = incident_or_404(request, pk)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.open_place(incident, clean["name"], clean["capacity"], by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De opvang is geopend."))
            return redirect("reception:reception", pk)
    places = [
        {
            "place": place,
            "lines": lines_of(place, request.actor, request.at),
            "refused": tally_of(place.pk, Counted.REFUSED),
            "children": tally_of(place.pk, Counted.CHILD),
        }
        for place in places_of(incident)
    ]
    context = {
        "incident": incident,
        "places": places,
        "form": form,
        "may_lead": can_lead(request.actor, incident, request.at),
    }
    return render(request, "reception/reception.html", context, status=422 if form.errors else 200)


@require_POST
def count(request: Request, pk: UUID) -> HttpResponse:
    """One more or one less who is only counted."""
    place = place_or_404(request, pk)
    kind, step = request.POST.get("wie", ""), request.POST.get("stap", "1")
    if kind in Counted.values and step in ("1", "-1"):
        try:
            actions.count_one(place, Counted(kind), int(step), by=request.actor, at=request.at)
        except ValidationError as error:
            messages.warning(request, error.message)
    return redirect("reception:reception", place.incident_id)


@require_http_methods(["GET", "POST"])
def talk(request: Request, pk: UUID) -> HttpResponse:
    """Write down that there was a talk with a group."""
    place = place_or_404(request, pk)
    form = TalkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.write_talk(place, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Het gesprek staat in het verslag."))
        return redirect("reception:reception", place.incident_id)
    context = {"form": form, "place": place}
    return render(request, "reception/talk.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: Request, pk: UUID) -> HttpResponse:
    """Nobody is received here any more."""
    place = actions.close_place(place_or_404(request, pk), by=request.actor, at=request.at)
    messages.success(request, _("De opvang is gesloten."))
    return redirect("reception:reception", place.incident_id)


@require_http_methods(["GET", "POST"])
def presence(request: Request, pk: UUID) -> HttpResponse:
    """What was agreed with police, GGD, region or municipality about our presence."""
    incident = incident_or_404(request, pk)
    if not can_lead(request.actor, incident, request.at):
        raise PermissionDenied
    form = PresenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        party = Party(clean.pop("party"))
        actions.agree_presence(incident, party, **clean, by=request.actor, at=request.at)
        messages.success(request, _("De afspraak staat in het verslag."))
        return redirect("reception:presence", pk)
    context = {"form": form, "incident": incident, "presences": presences_of(incident)}
    return render(request, "reception/presence.html", context, status=422 if form.errors else 200)
