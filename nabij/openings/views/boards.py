"""The board of a centre: every seat, who is missing, who decides in the coming day."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.accounts.http import Request
from nabij.centres.models import AdviceCentre
from nabij.incidents.views.finding import posted
from nabij.openings import actions, policies
from nabij.openings.forms import SeatForm
from nabij.openings.queries import boards
from nabij.openings.views.finding import centre_or_404, go_back, happens, seat_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: Request, pk: UUID) -> HttpResponse:
    """All seats with who sits there, and the form by which somebody takes one."""
    centre = centre_or_404(request, pk)
    may_appoint = policies.can_appoint(request.actor, centre, request.at)
    form = SeatForm(
        posted(request),
        people=boards.candidates(centre, request.at),
        initial={"seat": request.GET.get("plaats", "")},
    )
    if request.method == "POST" and happens(form, None, lambda: _appoint(request, centre, form)):
        return redirect("openings:board", pk)
    seats = boards.board_of(centre, centre.commission.commissioned_at, request.actor, request.at)
    context = {
        "centre": centre,
        "seats": seats,
        "missing": boards.missing_seats(seats),
        "uncovered_at": boards.uncovered_at(seats, request.at),
        "form": form if may_appoint else None,
        "may_appoint": may_appoint,
        "now": request.at,
    }
    return render(request, "openings/board.html", context, status=422 if form.errors else 200)


def _appoint(request: Request, centre: AdviceCentre, form: SeatForm) -> None:
    clean = form.cleaned_data
    actions.appoint(
        centre, clean["seat"], form.who(), starts_at=clean["starts_at"], ends_at=clean["ends_at"],
        by=request.actor, at=request.at,
    )  # fmt: skip


@require_POST
def end_seat(request: Request, pk: UUID, seat_pk: UUID) -> HttpResponse:
    """Somebody leaves a seat."""
    row = seat_or_404(request, pk, seat_pk)
    return go_back(
        request, "openings:board", pk,
        lambda: actions.end_seat(row, by=request.actor, at=request.at), _("De plaats is weer vrij."),
    )  # fmt: skip
