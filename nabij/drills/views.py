"""Pages of exercises: the list, a new one, one that runs, its report."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.queries import places_of
from nabij.accounts.roles import Permission
from nabij.centres.policies import can_commission
from nabij.drills import actions
from nabij.drills.centres import centre_board, last_drills
from nabij.drills.forms import CentreDrillForm, DrillForm
from nabij.drills.models import Drill, DrillState
from nabij.drills.paper import as_paper
from nabij.drills.policies import sees_last_drills
from nabij.drills.queries import board_of, drills_for
from nabij.drills.words import people_in_words, registered_in_words
from nabij.incidents.views.finding import posted
from nabij.kit.clock import local

TONIGHT, FIRST_SEED = "03:10", 1
SECONDS, CALM_SECONDS = 2, 10
LONGEST_SPEED = 5  # digits


@require_safe
def overview(request: Request) -> HttpResponse:
    """The exercises of the own organisation."""
    _allowed(request)
    found = drills_for(request.actor, request.at)[:50]
    context = {"drills": found, "last": last_drills(request.actor, request.at), "is_exercise": True}
    return render(request, "drills/overview.html", context)


@require_safe
def last(request: Request) -> HttpResponse:
    """The panel with the last drill of a centre in each municipality of the own area, and its minutes."""
    if not sees_last_drills(request.actor):
        raise Http404
    context = {"last": last_drills(request.actor, request.at), "may_begin": _may_drill(request)}
    return render(request, "drills/_last.html", context)


@require_http_methods(["GET", "POST"])
def begin_centre(request: Request) -> HttpResponse:
    """Drill a centre: the made-up event; the commission is then given as always."""
    _allowed(request)
    form = CentreDrillForm(posted(request), municipalities=places_of(request.actor, request.at))
    if request.method == "POST" and form.is_valid():
        made = actions.begin_drill(form.data_of(request.at), by=request.actor, at=request.at)
        return redirect("drills:drill", made.pk)
    context = {"form": form, "is_exercise": True}
    return render(request, "drills/begin_centre.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """A new exercise: one form, and its clock stands still until somebody lets it run."""
    _allowed(request)
    places = places_of(request.actor, request.at)
    form = DrillForm(posted(request), at=request.at, municipalities=places, initial=_initial(request.at))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_drill(form.data_of(), by=request.actor, at=request.at)
            return redirect("drills:drill", made.pk)
        except ValidationError as error:
            form.add_error("scene", error)
    context = {"form": form, "is_exercise": True}
    return render(request, "drills/begin.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def drill(request: Request, pk: UUID) -> HttpResponse:
    """One exercise: its clock, what was done, what is next; only looking changes nothing."""
    return _shown(request, _drill_or_404(request, pk))


@require_POST
def clock(request: Request, pk: UUID) -> HttpResponse:
    """Run, stop or jump, end; `spelen` is what the page itself asks while the clock runs."""
    found = _drill_or_404(request, pk)
    by, at, wish = request.actor, request.at, request.POST.get("wens", "")
    try:
        if wish == "stil":
            actions.pause(found, by=by, at=at)
        elif wish == "verder":
            actions.jump_to_next(found, by=by, at=at)
        elif wish == "tot-het-eind":
            actions.play_to_the_end(found, by=by, at=at)
        elif wish == "klaar":
            actions.end_drill(found, by=by, at=at)
        elif wish.isascii() and wish.isdigit() and len(wish) <= LONGEST_SPEED:
            actions.run_clock(found, int(wish), by=by, at=at)
        else:
            actions.play(found, by=by, at=at)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    if request.htmx:
        return _shown(request, _drill_or_404(request, pk))
    return redirect("drills:drill", pk)


@require_http_methods(["GET", "POST"])
def wipe(request: Request, pk: UUID) -> HttpResponse:
    """Wipe the made-up event; first the page says what goes and what stays."""
    found = _drill_or_404(request, pk)
    if request.method == "POST":
        try:
            actions.wipe_drill(found, by=request.actor, at=request.at)
            messages.success(request, _("De oefening is gewist. Het verslag blijft."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("drills:drill", pk)
    return render(request, "drills/wipe.html", {"drill": found, "is_exercise": True})


@require_safe
def report(request: Request, pk: UUID) -> HttpResponse:
    """The report as PDF."""
    found = _drill_or_404(request, pk)
    if found.state == DrillState.RUNNING:
        raise Http404
    answer = HttpResponse(as_paper(found), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="verslag-oefening.pdf"'
    return answer


def _shown(request: Request, found: Drill) -> HttpResponse:
    context = {
        "drill": found,
        "is_exercise": True,
        "runs": found.state == DrillState.RUNNING and not found.is_paused,
        "every": SECONDS,
        "part": "drills/_drill.html",
        "people": people_in_words(found.report),
        "registered": registered_in_words(found.report),
    }
    if found.is_of_centre:
        board = centre_board(found, request.actor, request.at)
        event = found.incident
        may_order = event is not None and can_commission(request.actor, event, request.at)
        more = {"every": CALM_SECONDS, "part": "drills/_centre.html", "may_order": may_order}
        context |= {"board": board, "now": request.at, **more}
    else:
        context["board"] = board_of(found, request.at)
    return render(request, str(context["part"]) if request.htmx else "drills/drill.html", context)


def _initial(at: datetime) -> dict[str, object]:
    """Next Sunday in the small hours: the hardest moment to be ready for."""
    days = 7 - local(at).isoweekday() or 7
    sunday = local(at).date() + timedelta(days=days)
    return {
        "practised": "protocol", "starts_at": f"{sunday}T{TONIGHT}", "speed": 60, "seed": FIRST_SEED,
        "played": [],
    }  # fmt: skip


def _may_drill(request: Request) -> bool:
    return request.actor.may(Permission.RUN_DRILL)


def _allowed(request: Request) -> None:
    if not _may_drill(request):
        raise Http404


def _drill_or_404(request: Request, pk: UUID) -> Drill:
    return get_object_or_404(drills_for(request.actor, request.at), pk=pk)
