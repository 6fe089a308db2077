"""Cards: written with consent, read by few, each reading logged."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.audit.reading import log_read
from nabij.people.queries.registrations import UNSAFE
from nabij.privacy.purposes import Purpose
from nabij.reception import actions
from nabij.reception.content import needs
from nabij.reception.forms import CardForm
from nabij.reception.queries import card_in_place, opened
from nabij.reception.views.finding import card_or_404, place_or_404


@never_cache
@require_http_methods(["GET", "POST"])
def write(request: Request, pk: UUID) -> HttpResponse:
    """Write down somebody who agreed."""
    place = place_or_404(request, pk)
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            card = actions.write_card(place, _answers(form), by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kaart %(number)s is geschreven.") % {"number": card.number})
            return redirect("reception:reception", place.incident_id)
    context = {"form": form, "place": place}
    return render(request, "reception/write.html", context, status=422 if form.errors else 200)


def _answers(form: CardForm) -> actions.Answers:
    clean = dict(form.cleaned_data)
    is_safe = clean.pop("is_safe")
    wanted = tuple(clean.pop("needs"))
    return actions.Answers(**clean, needs=wanted, safe_to_call="" if is_safe else UNSAFE)


@never_cache
@require_safe
def card(request: Request, pk: UUID) -> HttpResponse:
    """One card with name and number; the reading is logged before it is shown."""
    found = card_or_404(request, pk)
    log_read([found.person_id], by=request.actor, purpose=Purpose.EMERGENCY_RECEPTION, at=request.at)
    names = needs()
    context = {
        "opened": opened(found),
        "card": found,
        "needs": [(code, names.get(code, code), code in found.met) for code in found.needs],
    }
    return render(request, "reception/card.html", context)


@require_POST
def need(request: Request, pk: UUID) -> HttpResponse:
    """Something is arranged, or is not after all; by number, without opening the card."""
    found = card_in_place(pk)
    place = place_or_404(request, found.place_id if found else pk)
    code = request.POST.get("geregeld") or request.POST.get("niet", "")
    if found is not None:
        try:
            actions.meet_need(found, code, "geregeld" in request.POST, by=request.actor, at=request.at)
        except ValidationError as error:
            messages.warning(request, error.message)
    return redirect("reception:reception", place.incident_id)


@require_POST
def forget(request: Request, pk: UUID) -> HttpResponse:
    """They do not want to stand on a card after all."""
    found = card_or_404(request, pk)
    incident_id = found.place.incident_id
    actions.take_back_card(found, by=request.actor, at=request.at)
    messages.success(request, _("De kaart is gewist. De persoon telt nog mee, zonder naam."))
    return redirect("reception:reception", incident_id)
