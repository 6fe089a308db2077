"""Questions at the desk: noted, found again, routed, answered and offered to the editors."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.desk import actions, publishing
from nabij.desk.forms import AnswerForm, QuestionForm, RouteForm
from nabij.desk.queries.questions import Opened, alike, question_for, questions_for
from nabij.desk.views.finding import desk_or_404
from nabij.incidents.views.finding import mark, posted


@never_cache
@require_http_methods(["GET", "POST"])
def questions(request: Request, pk: UUID) -> HttpResponse:
    """Note what somebody asks; what looks the same is shown first, with its answer."""
    incident = desk_or_404(request, pk)
    known = questions_for(incident, request.actor, request.at)
    form, same = QuestionForm(posted(request)), []
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        same = [] if told["is_other"] else alike(told["question"], known)
        if not same:
            row = actions.note_question(incident, told["question"], by=request.actor, at=request.at)
            return redirect("desk:question", row.pk)
        form.ask_to_compare()
    page = {"incident": incident, "form": form, "same": same, "known": known}
    return render(request, "desk/questions.html", page, status=422 if form.errors else 200)


def _question_or_404(request: Request, pk: UUID) -> Opened:
    found = question_for(request.actor, pk, request.at)
    if found is None:
        raise Http404
    mark(request, found.row.incident)
    return found


def _page(
    request: Request, found: Opened, answer: forms.Form | None = None, route: forms.Form | None = None
) -> HttpResponse:
    page = {
        "found": found,
        "incident": found.row.incident,
        "answer": answer or AnswerForm(),
        "route": route or RouteForm(),
        "may_offer": publishing.is_wired() and not found.row.is_open and found.row.offered_at is None,
    }
    wrong = (answer is not None and answer.errors) or (route is not None and route.errors)
    return render(request, "desk/question.html", page, status=422 if wrong else 200)


@never_cache
@require_safe
def question(request: Request, pk: UUID) -> HttpResponse:
    """One question, and what can be done with it."""
    return _page(request, _question_or_404(request, pk))


@never_cache
@require_POST
def answer(request: Request, pk: UUID) -> HttpResponse:
    """The answer, once for everybody."""
    found, form = _question_or_404(request, pk), AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_question(found.row, form.cleaned_data["answer"], by=request.actor, at=request.at)
            return redirect("desk:question", pk)
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, found, answer=form)


@never_cache
@require_POST
def route(request: Request, pk: UUID) -> HttpResponse:
    """A partner knows the answer."""
    found, form = _question_or_404(request, pk), RouteForm(request.POST)
    if form.is_valid():
        try:
            actions.route_question(found.row, form.cleaned_data["partner"], by=request.actor, at=request.at)
            return redirect("desk:question", pk)
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, found, route=form)


@require_POST
def same(request: Request, pk: UUID) -> HttpResponse:
    """Somebody asks the same: counted, and the answer is read out."""
    found = _question_or_404(request, pk)
    actions.ask_same(found.row, by=request.actor, at=request.at)
    return redirect("desk:question", pk)


@require_POST
def offer(request: Request, pk: UUID) -> HttpResponse:
    """Offer it to the editors."""
    found = _question_or_404(request, pk)
    try:
        actions.offer_question(found.row, by=request.actor, at=request.at)
        messages.success(request, _("Aangeboden aan de redactie."))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("desk:question", pk)
