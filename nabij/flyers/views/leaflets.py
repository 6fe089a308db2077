"""What a municipality has: the list of templates, one template, and what waits for an agreement."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.flyers import actions
from nabij.flyers.forms import RefuseForm
from nabij.flyers.policies import can_decide, can_make, sees_any
from nabij.flyers.queries import editions_of, jobs_of, lines_of, organisations_for, waiting_for
from nabij.flyers.views.finding import line_or_404, organisation_or_404


@never_cache
@require_safe
def home(request: Request) -> HttpResponse:
    """The own municipality at once; victim support first chooses one."""
    if not sees_any(request.actor):
        raise PermissionDenied
    found = list(organisations_for(request.actor))
    if len(found) == 1:
        return redirect("flyers:leaflets", found[0].pk)
    context = {"organisations": found, "waiting": waiting_for(request.actor)}
    return render(request, "flyers/home.html", context)


@never_cache
@require_safe
def leaflets(request: Request, pk: UUID) -> HttpResponse:
    """Every template of a municipality with where it stands."""
    organisation = organisation_or_404(request, pk)
    lines = lines_of(organisation)
    context = {
        "organisation": organisation,
        "for_residents": [each for each in lines if each.template.is_for_residents],
        "for_staff": [each for each in lines if not each.template.is_for_residents],
        "waiting": [each for each in waiting_for(request.actor) if each.leaflet.organisation_id == pk],
        "jobs": jobs_of(organisation),
    }
    return render(request, "flyers/leaflets.html", context)


@never_cache
@require_safe
def leaflet(request: Request, pk: UUID, code: str) -> HttpResponse:
    """One template: the edition in force, the one that is made, and the former ones."""
    organisation = organisation_or_404(request, pk)
    line = line_or_404(organisation, code)
    waits = line.being_made
    context = {
        "organisation": organisation,
        "line": line,
        "editions": editions_of(organisation, code),
        "may_make": can_make(request.actor, organisation),
        "may_decide": waits is not None and can_decide(request.actor, waits),
        "form": RefuseForm(),
    }
    return render(request, "flyers/leaflet.html", context)


@require_POST
def start(request: Request, pk: UUID, code: str) -> HttpResponse:
    """Begin the next version, or go on with the one that was begun."""
    organisation = organisation_or_404(request, pk)
    line_or_404(organisation, code)
    edition = actions.start_edition(organisation, code, by=request.actor, at=request.at)
    return redirect("flyers:edit", edition.pk)


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel of the desk: what waits for the agreement of one's organisation."""
    if not sees_any(request.actor):
        raise PermissionDenied
    return render(request, "flyers/_waiting.html", {"waiting": waiting_for(request.actor)})
