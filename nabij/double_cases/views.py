"""The panel on a case whose person has another one, and what its leader decides."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nabij.accounts.http import Request
from nabij.cases.models import Case
from nabij.cases.views.finding import case_or_404
from nabij.double_cases import actions
from nabij.double_cases.models import DoubleCase
from nabij.double_cases.queries import double_for, shown_of


@never_cache
@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """Panel of a case: the other one, by its reference, and the choice."""
    case = case_or_404(request, pk)
    row = double_for(case, request.actor, request.at)
    shown = shown_of(row, case, request.actor, request.at) if row else None
    return render(request, "double_cases/_panel.html", {"case": case, "shown": shown})


def _pair_or_404(request: Request, pk: UUID, row_pk: UUID) -> tuple[Case, DoubleCase]:
    case = case_or_404(request, pk)
    row = double_for(case, request.actor, request.at, row_pk)
    if row is None:
        raise Http404
    return case, row


@require_POST
def keep(request: Request, pk: UUID, row_pk: UUID) -> HttpResponse:
    """Both cases go on."""
    case, row = _pair_or_404(request, pk, row_pk)
    try:
        actions.keep_both(row, case, by=request.actor, at=request.at)
        messages.success(request, _("Bewaard. De twee dossiers blijven apart."))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("cases:case", pk)


@require_POST
def end(request: Request, pk: UUID, row_pk: UUID) -> HttpResponse:
    """This case ends; help goes on in the other."""
    case, row = _pair_or_404(request, pk, row_pk)
    try:
        actions.end_one(row, case, by=request.actor, at=request.at)
        messages.success(request, _("Dit dossier is afgesloten. De hulp gaat verder in het andere dossier."))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("cases:case", pk)
