"""Finding what an address names, among what the visitor checks; the rest does not exist."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from nabij.accounts.http import Request
from nabij.centres.models import AdviceCentre
from nabij.incidents.refusals import Refused
from nabij.incidents.views.finding import mark
from nabij.openings.models import BoardSeat, ChecklistItem, ClosingPlan, Lesson
from nabij.openings.queries.boards import board_rows
from nabij.openings.queries.closings import lessons_for, plans_for
from nabij.openings.queries.openings import centres_for, items_for


def centre_or_404(request: Request, pk: UUID) -> AdviceCentre:
    """The centre, when this visitor checks it; the page then says OEFENING when it is one."""
    centre = get_object_or_404(centres_for(request.actor, request.at), pk=pk)
    mark(request, centre.incident)
    return centre


def item_or_404(request: Request, pk: UUID, item_pk: UUID) -> ChecklistItem:
    """The item on a list of such a centre."""
    return get_object_or_404(items_for(centre_or_404(request, pk)), pk=item_pk)


def seat_or_404(request: Request, pk: UUID, seat_pk: UUID) -> BoardSeat:
    """Somebody on a seat of such a centre."""
    return get_object_or_404(board_rows(centre_or_404(request, pk)), pk=seat_pk)


def plan_or_404(request: Request, pk: UUID) -> ClosingPlan:
    """The plan to close such a centre, that was not withdrawn."""
    centre = centre_or_404(request, pk)
    return get_object_or_404(plans_for(centre).filter(withdrawn_at=None, archived_on=None))


def lesson_or_404(request: Request, pk: UUID, lesson_pk: UUID) -> Lesson:
    """What was learnt at such a centre."""
    return get_object_or_404(lessons_for(centre_or_404(request, pk)), pk=lesson_pk)


def go_back(request: Request, address: str, pk: UUID, act: Callable[[], object], done: str) -> HttpResponse:
    """Let it happen, and go back to the page with what happened or why not."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect(address, pk)


def happens(form: forms.Form, field: str | None, act: Callable[[], object]) -> bool:
    """Let it happen when the form is right; a refusal stands beside its field, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_error(field, refused.message)
        return False
    return True
