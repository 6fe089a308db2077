"""Counts without names: the panel of an event, and the page on which one counts."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.incidents.views.finding import posted
from nabij.meetings import actions
from nabij.meetings.forms import CountForm
from nabij.meetings.queries import counts_of
from nabij.meetings.views.finding import incident_or_404


@never_cache
@require_safe
def counted(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the event: how many of what."""
    incident = incident_or_404(request, pk)
    found = [each for each in counts_of(incident) if each.steps]
    return render(request, "meetings/_counted.html", {"incident": incident, "counts": found})


@never_cache
@require_http_methods(["GET", "POST"])
def counts(request: Request, pk: UUID) -> HttpResponse:
    """Count more or fewer, and see how it came to be so many."""
    incident = incident_or_404(request, pk)
    form = CountForm(posted(request))
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        change = -clean["number"] if "eraf" in request.POST else clean["number"]
        try:
            actions.count(incident, clean["word"], change, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Geteld."))
            return redirect("meetings:counts", pk)
    context = {"form": form, "incident": incident, "counts": counts_of(incident)}
    return render(request, "meetings/counts.html", context, status=422 if form.errors else 200)
