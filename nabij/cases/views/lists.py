"""Lists of cases: mine, the team's, what the leader decides; and searching before a case is made."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.audit.reading import log_read
from nabij.cases import actions
from nabij.cases.content import consent_text
from nabij.cases.forms import MoveForm, NewCaseForm, WhoForm
from nabij.cases.models import Capacity, Case, WayIn
from nabij.cases.policies import can_create, works_with_cases
from nabij.cases.queries import Shown, leader_tasks, my_cases, rows_of, search_cases, shown_of, team_cases
from nabij.cases.queries.staffing import colleague_of, colleagues_of
from nabij.incidents.views.finding import posted
from nabij.kit import panels
from nabij.people.actions.receiving import Met
from nabij.privacy.purposes import Purpose

PER_PAGE, ON_DESK = 25, 5
TABS = {
    Shown.ALL: gettext_lazy("Alle"), Shown.UNASSIGNED: gettext_lazy("Zonder hulpverlener"),
    Shown.APPROACH: gettext_lazy("Nog benaderen"), Shown.OVERDUE: gettext_lazy("Te laat"),
    Shown.CLOSED: gettext_lazy("Afgesloten"),
}  # fmt: skip


def _page(request: Request) -> int:
    told = request.GET.get("blad", "1")
    return max(int(told), 1) if told.isascii() and told.isdigit() and len(told) < 6 else 1


def _list(request: Request, found: QuerySet[Case], page: int, most: int = PER_PAGE) -> dict[str, object]:
    """One page of a list and whether there is a next one; nothing counts the whole."""
    start = (page - 1) * most
    cases = list(found[start : start + most + 1])
    rows = rows_of(cases[:most], request.at)
    log_read([row.case.person_id for row in rows], by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    return {"rows": rows, "page": page, "has_next": len(cases) > most}


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """My cases, what is due first on top."""
    if not request.actor.may(Permission.HELP_PEOPLE):
        if request.actor.may(Permission.LEAD_CASES):
            return redirect("cases:team")
        raise PermissionDenied
    context = _list(request, my_cases(request.actor, request.at), _page(request))
    return render(request, "cases/mine.html", {**context, "may_create": can_create(request.actor)})


@never_cache
@require_safe
def team(request: Request) -> HttpResponse:
    """The cases of my team, for who leads it."""
    if not request.actor.may(Permission.LEAD_CASES):
        raise PermissionDenied
    shown = shown_of(request.GET.get("wat", ""))
    context = _list(request, team_cases(request.actor, shown, request.at), _page(request))
    return render(request, "cases/team.html", {**context, "tabs": TABS, "shown": shown})


@never_cache
@require_safe
def work(request: Request) -> HttpResponse:
    """Panel of the desk: my cases with what is due first."""
    if not works_with_cases(request.actor):
        raise PermissionDenied
    context = _list(request, my_cases(request.actor, request.at), 1, most=ON_DESK)
    return render(request, "cases/_work.html", context)


@never_cache
@require_safe
def decisions(request: Request) -> HttpResponse:
    """Panel of the leader's desk: what waits for a decision; references only."""
    if not request.actor.may(Permission.LEAD_CASES):
        raise PermissionDenied
    tasks = list(leader_tasks(request.actor, request.at)[:8])
    return render(request, "cases/_decisions.html", {"tasks": tasks, "now": request.at})


@never_cache
@require_http_methods(["GET", "POST"])
def search(request: Request) -> HttpResponse:
    """Look before making a case: who may already have one."""
    if not can_create(request.actor):
        raise PermissionDenied
    form = WhoForm(posted(request))
    found = None
    if request.method == "POST" and form.is_valid():
        found = search_cases(**form.cleaned_data, by=request.actor, at=request.at)
        people = [row.case.person_id for row in found.rows]
        log_read(people, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)
    beside = panels.shown("case_search", request, None)
    context = {"form": form, "found": found, "panels": beside}
    return render(request, "cases/search.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["POST"])
def new(request: Request) -> HttpResponse:
    """A case for somebody who asks: comes from the search, with what was typed there."""
    if not can_create(request.actor):
        raise PermissionDenied
    is_first = "topic" not in request.POST
    form = NewCaseForm(initial=request.POST.dict()) if is_first else NewCaseForm(request.POST)
    if not is_first and form.is_valid():
        case = actions.start_case(_met(form), _facts(form), by=request.actor, at=request.at)
        messages.success(
            request,
            _("Dossier %(reference)s is begonnen. De teamleider wijst een hulpverlener toe.")
            % {"reference": case.reference},
        )
        return redirect("cases:mine")
    return render(request, "cases/new.html", {"form": form}, status=422 if form.errors else 200)


def _met(form: NewCaseForm) -> Met:
    clean = form.cleaned_data
    return Met(
        clean["name"], clean["phone"], clean["language"], "", wants_contact=False, email=clean["email"],
        address=clean["address"], consent_version=consent_text(),
    )  # fmt: skip


def _facts(form: NewCaseForm) -> actions.Facts:
    clean = form.cleaned_data
    return actions.Facts(
        clean["topic"], Capacity(clean["capacity"]), WayIn(clean["way_in"]), clean["happened_on"],
        is_severe=clean["is_severe"], is_minor=clean["is_minor"],
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def move(request: Request) -> HttpResponse:
    """Give everything that somebody has to a colleague."""
    if not request.actor.may(Permission.LEAD_CASES):
        raise PermissionDenied
    form = MoveForm(posted(request), colleagues=colleagues_of(request.actor, request.at))
    if request.method == "POST" and form.is_valid():
        leaver, successor = (
            colleague_of(request.actor, UUID(form.cleaned_data[name])) for name in ("leaver", "successor")
        )
        moved = actions.move_caseload(leaver, successor, by=request.actor, at=request.at)
        messages.success(
            request,
            _("%(number)s dossiers zijn overgedragen. Wat niet mocht, staat bij u.") % {"number": moved},
        )
        return redirect("cases:team")
    return render(request, "cases/move.html", {"form": form}, status=422 if form.errors else 200)
