"""Where a centre is: the decision with its reason, how readers see it, and what was decided before."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nabij.accounts.http import Request
from nabij.centres.views.finding import centre_or_404
from nabij.incidents.refusals import Refused
from nabij.newsletters.actions import decide_place
from nabij.newsletters.forms import PlaceForm
from nabij.newsletters.policies import can_decide_place
from nabij.newsletters.queries.places import place_facts, place_lines


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Request, pk: UUID) -> HttpResponse:
    """Where people can go, and since when; the chief editor decides."""
    centre = centre_or_404(request, pk)
    may_decide = can_decide_place(request.actor, centre, request.at)
    lines = place_lines(centre)
    now = lines[0].place if lines else None
    form = PlaceForm(request.POST or None, initial=PlaceForm.values_of(now))
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied(_("Over de plek besluit de hoofdredacteur."))
        if form.is_valid():
            clean = form.cleaned_data
            try:
                decide_place(
                    centre, clean["mode"], form.where(), clean["reason"], by=request.actor, at=request.at,
                    known=clean["known"],
                )  # fmt: skip
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("Besloten. Het staat nu op de pagina."))
                return redirect("newsletters:place", centre.pk)
    context = {
        "centre": centre,
        "form": form,
        "lines": lines,
        "facts": place_facts(now, "nl") if now and now.has_place else [],
        "may_decide": may_decide,
        "is_exercise": centre.incident.is_exercise,
    }
    return render(request, "newsletters/place.html", context, status=422 if form.errors else 200)
