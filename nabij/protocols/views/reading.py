"""The protocols of a municipality and their versions, to read, print, compare and keep."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.kit import panels
from nabij.protocols import policies
from nabij.protocols.queries import history_of, organisations_for, overview, parties_of
from nabij.protocols.queries.differences import differences_of
from nabij.protocols.queries.steps import phases_of
from nabij.protocols.queries.versions import has_new_example, next_steps
from nabij.protocols.views.finding import as_file, version_or_404


@never_cache
@require_safe
def protocols(request: Request) -> HttpResponse:
    """The own municipality; a list of them for who serves several."""
    found = list(organisations_for(request.actor, request.at))
    if not policies.can_read(request.actor):
        raise Http404
    if len(found) == 1:
        return redirect("protocols:municipality", found[0].pk)
    return render(request, "protocols/protocols.html", {"organisations": found})


@never_cache
@require_safe
def municipality(request: Request, pk: UUID) -> HttpResponse:
    """Which protocols are in force here, and what is on its way."""
    organisation = get_object_or_404(organisations_for(request.actor, request.at), pk=pk)
    context = {
        "organisation": organisation,
        "lines": overview(organisation, request.actor, request.at),
        "may_write": policies.can_write_for(request.actor, organisation, request.at),
        "doors": panels.doors("protocols", request, organisation),
    }
    return render(request, "protocols/municipality.html", context)


@never_cache
@require_safe
def version(request: Request, pk: UUID) -> HttpResponse:
    """A version as a readable plan by phase, with what may be done with it now."""
    found = version_or_404(request, pk)
    context = {
        "version": found,
        "organisation": found.protocol.organisation,
        "plan": found.whole_plan,
        "phases": phases_of(found.whole_plan, found.off, found.reasons.order_by("changed_at", "pk")),
        "parties": parties_of(found, request.at) if found.sent_at else [],
        "has_new_example": has_new_example(found),
        "may": next_steps(found, request.actor, request.at),
        "panels": panels.shown("protocol_version", request, found),
    }
    return render(request, "protocols/version.html", context)


@never_cache
@require_safe
def difference(request: Request, pk: UUID) -> HttpResponse:
    """What differs from the example, and from the version that was in force before."""
    found = version_or_404(request, pk)
    context = {"version": found, "compared": differences_of(found, request.actor, request.at)}
    return render(request, "protocols/difference.html", context)


@never_cache
@require_safe
def history(request: Request, pk: UUID) -> HttpResponse:
    """All versions of this protocol: since when, till when, who agreed and why it was changed."""
    found = version_or_404(request, pk)
    context = {"version": found, "versions": history_of(found, request.actor, request.at)}
    return render(request, "protocols/history.html", context)


@never_cache
@require_safe
def version_file(request: Request, pk: UUID) -> HttpResponse:
    """The version as a file, with the steps that are carried out."""
    return as_file(version_or_404(request, pk).plan_in_use)
