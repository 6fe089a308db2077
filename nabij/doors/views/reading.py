"""Counts for the incident room, and one's own rounds on the desk."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.cases.views.finding import case_or_404
from nabij.doors.content import counted
from nabij.doors.policies import may_see_plan, reads_exact_counts, shows_counts
from nabij.doors.queries import rounds_of_me, rounds_past, sums_at
from nabij.incidents.views.finding import incident_or_404


@never_cache
@require_safe
def counts(request: Request, pk: UUID) -> HttpResponse:
    """Panel of the incident room: doors by outcome and how many want contact, never who or where."""
    incident = incident_or_404(request, pk)
    if not shows_counts(request.actor, incident):
        raise PermissionDenied
    sums = sums_at(incident)
    context = {
        "incident": incident,
        "sums": sums,
        "wishes": counted(sums.wishes, exact=reads_exact_counts(request.actor)) if sums else "",
        "sees_plan": may_see_plan(request.actor, incident, request.at),
    }
    return render(request, "doors/_counts.html", context)


@never_cache
@require_safe
def past(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: pairs do not ring here, so who helps makes contact."""
    case = case_or_404(request, pk)
    context = {"case": case, "rounds": rounds_past(case, request.at)}
    return render(request, "doors/_past.html", context)


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """Panel of the desk: the rounds that I walk."""
    return render(request, "doors/_mine.html", {"pairs": rounds_of_me(request.actor, request.at)})
