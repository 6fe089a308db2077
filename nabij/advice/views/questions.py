"""Questions for advice: asked, taken and answered."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.advice import actions, content
from nabij.advice.forms import AnswerForm, QuestionForm
from nabij.advice.models import AdviceQuestion
from nabij.advice.policies import can_answer_advice, can_answer_question, can_ask_advice
from nabij.advice.queries import (
    incidents_to_name,
    is_of_a_colleague,
    note_of,
    open_questions,
    questions_for,
)
from nabij.contact.doors import CallerKind, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.incidents.views.finding import incident_or_404
from nabij.incidents.words import topic_in_words

_ON_A_PAGE = 25


@require_safe
def questions(request: Request) -> HttpResponse:
    """The questions of my municipality, or those that my desk answers."""
    is_asker, is_desk = can_ask_advice(request.actor), can_answer_advice(request.actor)
    if not (is_asker or is_desk):
        raise PermissionDenied
    found = questions_for(request.actor, request.at)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "lines": _in_words(list(page)),
        "now_at": request.at,
        "is_asker": is_asker,
        "doors": doors_for(CallerKind.MUNICIPALITY, Urgency.NOT_URGENT, request.at, opening_hours())
        if is_asker
        else None,
        "is_desk": is_desk,
    }
    return render(request, "advice/questions.html", context)


@never_cache
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Panel of the desk: questions that wait for an answer."""
    found = list(open_questions(request.actor, request.at)[: content.most("lines")])
    context = {"lines": _in_words(found), "now_at": request.at, "is_asker": can_ask_advice(request.actor)}
    return render(request, "advice/_waiting.html", context)


def _in_words(found: list[AdviceQuestion]) -> list[tuple[AdviceQuestion, str]]:
    return [(each, topic_in_words(each.topic)) for each in found]


@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: UUID | None = None) -> HttpResponse:
    """Ask for advice; from the room of an event that event is chosen already."""
    if not can_ask_advice(request.actor):
        raise PermissionDenied
    about = incident_or_404(request, pk) if pk else None
    incidents = incidents_to_name(request.actor, request.at, about)
    initial = {"incident": about.pk, "topic": about.topic} if about else {}
    form = QuestionForm(request.POST or None, incidents=incidents, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_advice(form.to_asked(), by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Uw vraag is verstuurd. Hier leest u straks het antwoord."))
            return redirect("advice:question", made.pk)
    return render(request, "advice/ask.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def question(request: Request, pk: UUID) -> HttpResponse:
    """One question with its advice note; the desk writes the note here."""
    found = _question_or_404(request, pk)
    may_answer = can_answer_question(request.actor, found, request.at)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_question(found, form.cleaned_data["advice"], by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Het advies is verstuurd."))
            return redirect("advice:question", pk)
    is_mine = not is_of_a_colleague(found, request.actor, request.at)
    context = {
        "note": note_of(found, request.actor, request.at),
        "is_late": found.is_open and found.due_at < request.at,
        "form": form if (may_answer and is_mine) or form.errors else None,
        "may_take": may_answer and is_mine and found.taken_by_id != request.actor.id,
    }
    return render(request, "advice/question.html", context, status=422 if form.errors else 200)


@require_POST
def take(request: Request, pk: UUID) -> HttpResponse:
    """I answer this one."""
    try:
        actions.take_question(_question_or_404(request, pk), by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.message)
    return redirect("advice:question", pk)


def _question_or_404(request: Request, pk: UUID) -> AdviceQuestion:
    found: AdviceQuestion = get_object_or_404(questions_for(request.actor, request.at), pk=pk)
    return found
