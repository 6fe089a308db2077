"""Writing: planning a meeting, support, presence, questions, answers, promises, publishing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_stubs_ext import StrOrPromise

from nabij.accounts.http import Request
from nabij.incidents.views.finding import posted
from nabij.meetings import actions
from nabij.meetings.forms import (
    AnswerForm,
    FollowUpForm,
    MeetingForm,
    PresentForm,
    PromiseForm,
    PublishForm,
    QuestionForm,
    SupportForm,
)
from nabij.meetings.models import Meeting
from nabij.meetings.policies import can_answer, can_hold, can_promise
from nabij.meetings.queries import room_of
from nabij.meetings.views.finding import (
    follow_up_or_404,
    incident_or_404,
    meeting_or_404,
    message_or_404,
    question_or_404,
)


@dataclass(frozen=True)
class _Part:
    """One thing that is written at a meeting: its title, its form, the action, and who may."""

    title: StrOrPromise
    form: type[forms.Form]
    action: Callable[..., object]
    is_promise: bool = False


def _promise(meeting: Meeting, number: int, **who: Any) -> object:
    return actions.promise_support(meeting, actions.Promise(number), **who)


_PARTS = {
    "steun": _Part(gettext_lazy("Vraag steun aan Slachtofferhulp"), SupportForm, actions.ask_support),
    "toezeggen": _Part(gettext_lazy("Wie komen er?"), PromiseForm, _promise, is_promise=True),
    "geteld": _Part(gettext_lazy("Hoeveel mensen waren er?"), PresentForm, actions.count_present),
    "vraag": _Part(gettext_lazy("Vraag opschrijven"), QuestionForm, actions.write_question),
    "afspraak": _Part(gettext_lazy("Afspraak opschrijven"), FollowUpForm, actions.promise_follow_up),
}


@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: Request, pk: UUID) -> HttpResponse:
    """Plan a meeting."""
    incident = incident_or_404(request, pk)
    if not can_hold(request.actor, incident, request.at):
        raise PermissionDenied
    form = MeetingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        planned = actions.Planned(**form.cleaned_data)
        try:
            made = actions.plan_meeting(incident, planned, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De bijeenkomst staat gepland."))
            return redirect("meetings:meeting", made.pk)
    context = {"form": form, "incident": incident}
    return render(request, "meetings/plan.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def write(request: Request, pk: UUID, part: str) -> HttpResponse:
    """One of the things that are written at a meeting."""
    meeting = meeting_or_404(request, pk)
    found = _PARTS.get(part)
    if found is None:
        raise Http404
    may = can_promise(request.actor, meeting, request.at) if found.is_promise else _holds(request, meeting)
    if not may:
        raise PermissionDenied
    form = found.form(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            found.action(meeting, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Bewaard."))
            again = part == "vraag" and "nog" in request.POST
            return redirect("meetings:write", pk, part) if again else redirect("meetings:meeting", pk)
    context = {"form": form, "meeting": meeting, "title": found.title, "part": part}
    return render(request, "meetings/write.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Answer one question."""
    question = question_or_404(request, pk)
    if not can_answer(request.actor, question, request.at):
        raise PermissionDenied
    form = AnswerForm(posted(request), initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_question(question, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("meetings:meeting", question.meeting_id)
    context = {
        "form": form, "question": question, "meeting": question.meeting,
        "may_hold": _holds(request, question.meeting),
    }  # fmt: skip
    return render(request, "meetings/answer.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def publish(request: Request, pk: UUID) -> HttpResponse:
    """Look at all answers once more and publish them as one message."""
    meeting = meeting_or_404(request, pk)
    if not _holds(request, meeting):
        raise PermissionDenied
    room = room_of(meeting, request.at)
    form = PublishForm(posted(request), is_first=room.last is None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.publish_answers(meeting, **form.cleaned_data, by=request.actor, at=request.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Gepubliceerd. U kunt het bericht printen of overnemen."))
            return redirect("meetings:message", made.pk)
    context = {"form": form, "meeting": meeting, "room": room}
    return render(request, "meetings/publish.html", context, status=422 if form.errors else 200)


@require_POST
def cancel(request: Request, pk: UUID) -> HttpResponse:
    """The meeting does not take place."""
    meeting = meeting_or_404(request, pk)
    try:
        actions.cancel_meeting(meeting, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, _("De bijeenkomst is afgezegd."))
    return redirect("meetings:meeting", pk)


@require_POST
def drop(request: Request, pk: UUID) -> HttpResponse:
    """Take a question away that was written down by mistake."""
    question = question_or_404(request, pk)
    try:
        actions.drop_question(question, by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, _("De vraag is weg."))
    return redirect("meetings:meeting", question.meeting_id)


@require_POST
def offer(request: Request, pk: UUID) -> HttpResponse:
    """The answers go to the editors of the centre."""
    try:
        actions.offer_to_centre(message_or_404(request, pk), by=request.actor, at=request.at)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, _("Aangeboden. De redactie van het IAC keurt het goed en plaatst het."))
    return redirect("meetings:message", pk)


@require_POST
def kept(request: Request, pk: UUID) -> HttpResponse:
    """What was promised is done."""
    follow_up = follow_up_or_404(request, pk)
    actions.keep_promise(follow_up, by=request.actor, at=request.at)
    return redirect("meetings:meeting", follow_up.meeting_id)


def _holds(request: Request, meeting: Meeting) -> bool:
    return can_hold(request.actor, meeting.incident, request.at)
