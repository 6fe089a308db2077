"""What is ready in peace time, of one's own organisation."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.incidents.views.finding import posted
from nabij.kit import panels
from nabij.openings import actions, policies
from nabij.openings.content import preparations
from nabij.openings.forms import ReadyForm
from nabij.openings.queries.readiness import readiness_of
from nabij.openings.views.finding import happens


@never_cache
@require_safe
def readiness(request: Request) -> HttpResponse:
    """The list of one's own organisation: what is ready, and until when that counts."""
    if not policies.can_prepare(request.actor):
        raise PermissionDenied
    rows, found = readiness_of(request.actor, request.at), panels.shown("readiness", request, None)
    return render(request, "openings/readiness.html", {"rows": rows, "panels": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: Request, code: str) -> HttpResponse:
    """Say since when something is ready."""
    if not policies.can_prepare(request.actor):
        raise PermissionDenied
    if code not in preparations():
        raise Http404
    form = ReadyForm(posted(request))
    if request.method == "POST" and happens(
        form,
        "done_on",
        lambda: actions.prepare(code, form.cleaned_data["done_on"], by=request.actor, at=request.at),
    ):
        return redirect("openings:readiness")
    context = {"form": form, "what": preparations()[code].what}
    return render(request, "openings/prepare.html", context, status=422 if form.errors else 200)
