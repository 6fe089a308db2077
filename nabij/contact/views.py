"""The pages about calling; none touches the session, so none sets a cookie."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from nabij.contact import pages
from nabij.contact.hours import line_state, opening_hours
from nabij.kit import clock

FRESH_SECONDS = 20


@login_not_required
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """The door page."""
    return HttpResponse(pages.door_page(_language(request)))


@login_not_required
@require_safe
def caller(request: HttpRequest, who: str) -> HttpResponse:
    """The page of one kind of caller."""
    kind = pages.caller_of(who)
    if kind is None:
        raise Http404
    return HttpResponse(pages.caller_page(kind, _language(request)))


@login_not_required
@require_safe
def first_steps(request: HttpRequest) -> HttpResponse:
    """What somebody can do while the line is closed."""
    return HttpResponse(pages.first_steps_page(_language(request)))


@login_not_required
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Which door is open now: a fragment for htmx, a whole page for who follows the link."""
    kind = pages.caller_of(request.GET.get("wie", ""))
    urgency = pages.urgency_of(request.GET.get("haast", ""))
    at = clock.now_without_fail()
    render = pages.answer_fragment if request.headers.get("HX-Request") == "true" else pages.answer_page
    response = HttpResponse(render(kind, urgency, at, _language(request)))
    response.headers["Cache-Control"] = f"public, max-age={_fresh_for(at)}"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _fresh_for(at: datetime) -> int:
    """Seconds this answer may be kept: never past the moment the line opens or closes."""
    state = line_state(at, opening_hours())
    changes_at = state.closes_at or state.opens_at
    return FRESH_SECONDS if changes_at is None else min(FRESH_SECONDS, int((changes_at - at).total_seconds()))


def _language(request: HttpRequest) -> str:
    return request.GET.get("taal", "nl")
