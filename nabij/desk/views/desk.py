"""The registrar's desk on one screen, and its panel."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nabij.accounts.http import Request
from nabij.accounts.roles import Permission
from nabij.desk import content
from nabij.desk.forms import SearchForm
from nabij.desk.policies import can_register, may_hold_needs, works_at_desk
from nabij.desk.queries.needs import Work, counts_of, desks_for, needs_for, rows_of, work_list, work_of
from nabij.desk.views.finding import desk_or_404
from nabij.kit import panels

TABS = {
    Work.WAITING: _("Wacht op iemand"), Work.MINE: _("Van mij"), Work.TAKEN: _("Opgepakt"),
    Work.PARTNER: _("Bij een partner"), Work.LATE: _("Te laat"), Work.ENDED: _("Klaar"),
}  # fmt: skip


@never_cache
@require_safe
def desk(request: Request, pk: UUID) -> HttpResponse:
    """Search box, new registration, and what waits: urgent first, with the minutes that are left."""
    incident = desk_or_404(request, pk)
    found = needs_for(request.actor, request.at).filter(incident=incident)
    work = work_of(request.GET.get("wat", ""))
    part = Paginator(
        work_list(found, work, request.actor, request.at), content.number("most_shown")
    ).get_page(request.GET.get("blad"))
    page = {
        "incident": incident,
        "search": SearchForm(),
        "counts": counts_of(found, request.actor, request.at),
        "rows": rows_of(part.object_list, request.at),
        "part": part,
        "tabs": TABS,
        "work": work,
        "may_register": can_register(request.actor, incident, request.at),
        "doors": panels.doors("registrars", request, incident),
    }
    return render(request, "desk/desk.html", page)


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel: at which desks something waits, and what is one's own; never a name."""
    if not may_hold_needs(request.actor):
        raise PermissionDenied
    page = {
        "desks": desks_for(request.actor, request.at),
        "is_at_desk": works_at_desk(request.actor),
    }
    return render(request, "desk/_waiting.html", page)


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """The needs that one has on one's own hands, of all events."""
    if not may_hold_needs(request.actor):
        raise PermissionDenied
    found = work_list(needs_for(request.actor, request.at), Work.MINE, request.actor, request.at)
    rows = rows_of(found[: content.number("most_shown")], request.at)
    opens = works_at_desk(request.actor) or request.actor.may(Permission.HELP_PEOPLE)
    return render(request, "desk/mine.html", {"rows": rows, "opens_people": opens})
