"""Going live and offline, announcing the next message, and saying why it was late."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nabij.accounts.http import Request
from nabij.centres.actions import announce_next_message, give_late_reason, go_live, take_offline
from nabij.centres.forms import NextMessageForm, ReasonForm
from nabij.centres.views.finding import back_to, centre_or_404
from nabij.incidents.refusals import Refused


@require_POST
def live(request: Request, pk: UUID) -> HttpResponse:
    """Show the centre to the public."""
    centre = centre_or_404(request, pk)
    try:
        shown = go_live(centre, by=request.actor, at=request.at)
    except Refused as refused:
        return back_to(centre, request, wrong=refused.message)
    if shown.needs_reason:
        late = _("Live na %(minutes)s minuten: later dan de norm. Schrijf op waarom.")
        return back_to(centre, request, wrong=late % {"minutes": shown.minutes})
    return back_to(centre, request, done=_("Live na %(minutes)s minuten.") % {"minutes": shown.minutes})


@require_POST
def offline(request: Request, pk: UUID) -> HttpResponse:
    """Take the centre away from the public."""
    centre = take_offline(centre_or_404(request, pk), by=request.actor, at=request.at)
    return back_to(centre, request, done=_("Het IAC is offline."))


@require_POST
def reason(request: Request, pk: UUID) -> HttpResponse:
    """Say why it took longer than two hours."""
    centre = centre_or_404(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return back_to(centre, request, wrong=_("Schrijf op waarom het later werd."))
    give_late_reason(centre, form.cleaned_data["reason"], by=request.actor, at=request.at)
    return back_to(centre, request, done=_("De reden is vastgelegd."))


@require_POST
def next_message(request: Request, pk: UUID) -> HttpResponse:
    """Announce when the next message comes."""
    centre = centre_or_404(request, pk)
    form = NextMessageForm(request.POST)
    if not form.is_valid():
        return back_to(centre, request, wrong=_("Vul een aantal minuten in, of laat leeg."))
    minutes = form.cleaned_data["minutes"]
    next_at = request.at + timedelta(minutes=minutes) if minutes else None
    announce_next_message(centre, next_at, by=request.actor, at=request.at)
    return back_to(
        centre, request, done=_("Het volgende bericht is aangekondigd.") if next_at else _("Weggehaald.")
    )
