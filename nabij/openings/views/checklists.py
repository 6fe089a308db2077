"""The list of two hours on a phone: what now, the tests, who is missing, how long is left."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.centres.models import AdviceCentre
from nabij.centres.queries import centre_of
from nabij.incidents.views.finding import incident_or_404, posted
from nabij.openings import actions, policies
from nabij.openings.content import phases
from nabij.openings.forms import HeardForm, ReasonForm
from nabij.openings.models import Opening, TestKind
from nabij.openings.queries import boards, closings, openings
from nabij.openings.views.finding import centre_or_404, go_back, happens, item_or_404

LIST = "openings:checklist"


@never_cache
@require_safe
def checklist(request: Request, pk: UUID) -> HttpResponse:
    """The list of the phase that a centre is in; in the first hours with the clock and the tests."""
    centre = centre_or_404(request, pk)
    return render(request, "openings/checklist.html", _page(request, centre))


def _page(request: Request, centre: AdviceCentre) -> dict[str, object]:
    opening = openings.last_opening(centre)
    if opening is None:
        return {"centre": centre, "opening": None, "now": request.at}
    decision = closings.phase_lines(centre)[0].decision
    lines = openings.lines_of(decision, request.actor, request.at)
    seats = boards.board_of(centre, opening.started_at, request.actor, request.at)
    return {
        "centre": centre,
        "opening": opening,
        "now": request.at,
        "phase": phases()[decision.phase],
        "lines": lines,
        "first": openings.first_of(lines),
        "tests": openings.tested_lines(opening),
        "is_opening": decision.pk == opening.decision_id,
        "minutes": openings.minutes_of(opening),
        "minutes_left": max(0, int((opening.target_at - request.at).total_seconds() // 60)),
        "late_reason": openings.late_reason(opening),
        "missing": boards.missing_seats(seats),
        "uncovered_at": boards.uncovered_at(seats, request.at),
        "may_explain": policies.can_explain(request.actor, opening, request.at),
        "may_undo": policies.can_decide(request.actor, centre, request.at),
    }


@require_POST
def start(request: Request, pk: UUID) -> HttpResponse:
    """Make the list, when the job that makes it has not come yet."""
    centre = centre_or_404(request, pk)
    actions.start_opening(centre, by=request.actor, at=request.at)
    return redirect(LIST, pk)


@require_POST
def tick(request: Request, pk: UUID, item_pk: UUID) -> HttpResponse:
    """This is done."""
    item = item_or_404(request, pk, item_pk)
    return go_back(
        request, LIST, pk, lambda: actions.tick(item, by=request.actor, at=request.at), _("Afgevinkt.")
    )


@require_POST
def take_back(request: Request, pk: UUID, item_pk: UUID) -> HttpResponse:
    """A wrong tap."""
    item = item_or_404(request, pk, item_pk)
    return go_back(
        request, LIST, pk, lambda: actions.take_back(item, by=request.actor, at=request.at), _("Weer open.")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """Test one of the four: Nabij does it at once, or somebody writes what they heard or saw."""
    centre = centre_or_404(request, pk)
    opening = openings.last_opening(centre)
    if opening is None or kind not in openings.kinds_of(opening):
        raise Http404
    if openings.is_tested_by_software(kind):
        if request.method != "POST":
            return redirect(LIST, pk)
        actions.run_test(opening, kind, by=request.actor, at=request.at)
        return redirect(LIST, pk)
    form = HeardForm(posted(request))
    if request.method == "POST" and happens(form, "heard", lambda: _say(request, opening, kind, form)):
        return redirect(LIST, pk)
    context = {"centre": centre, "form": form, "label": TestKind(kind).label}
    return render(request, "openings/test.html", context, status=422 if form.errors else 200)


def _say(request: Request, opening: Opening, kind: str, form: HeardForm) -> None:
    heard, works = form.cleaned_data["heard"], form.works_well()
    actions.run_test(opening, kind, heard=heard, works=works, by=request.actor, at=request.at)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: Request, pk: UUID) -> HttpResponse:
    """Say why it took longer than two hours."""
    centre = centre_or_404(request, pk)
    opening = openings.last_opening(centre)
    if opening is None or not policies.can_explain(request.actor, opening, request.at):
        raise PermissionDenied(_("Hier is geen reden nodig, of u mag die niet geven."))
    form = ReasonForm(posted(request))
    if request.method == "POST" and happens(
        form,
        "reason",
        lambda: actions.explain_late_opening(
            opening, form.cleaned_data["reason"], by=request.actor, at=request.at
        ),
    ):
        return redirect(LIST, pk)
    context = {"centre": centre, "form": form, "minutes": openings.minutes_of(opening)}
    return render(request, "openings/explain.html", context, status=422 if form.errors else 200)


@require_safe
def mine(request: Request) -> HttpResponse:
    """The panel on the desk: what is open on one's own seats."""
    if not policies.works_on_openings(request.actor):
        raise PermissionDenied
    context = {"waiting": openings.waiting_for(request.actor, request.at)}
    return render(request, "openings/_mine.html", context)


@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """The two hours in the incident room: minutes, tests, who is missing; no names."""
    incident = incident_or_404(request, pk)
    if not policies.works_on_openings(request.actor):
        raise Http404
    centre = centre_of(incident)
    context = _page(request, centre) if centre else {"centre": None}
    return render(request, "openings/_panel.html", context)


@require_safe
def at_centre(request: Request, pk: UUID) -> HttpResponse:
    """The same on the page of the centre itself."""
    return render(request, "openings/_panel.html", _page(request, centre_or_404(request, pk)))
