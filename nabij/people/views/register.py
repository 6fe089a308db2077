"""Registering, without a login and without the database."""

import uuid
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.html import escape
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from nabij.keys import envelope
from nabij.kit.origin import came_from_here, network_of
from nabij.people import content
from nabij.people.forms import RegistrationForm, told_lines
from nabij.people.pages import register_path
from nabij.people.submissions import SUSPECT, Submission
from nabij.publish.pages import render_public
from nabij.spool import writing as spool
from nabij.spool.crowds import CROWD

RETRY_SECONDS = "60"
DRAFT_KEY = "aanmelden-{}"
REFERENCE, DRAFT = "nabij-reference-here", "nabij-draft-here"


@csrf_exempt  # the static form carries no token; `came_from_here` says why that is enough
@login_not_required
@require_POST
def register(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Seal and keep one registration, then show the receipt; the incident is looked up at the drain."""
    return _register(request, incident_id, is_exercise=False)


@csrf_exempt
@login_not_required
@require_POST
def practise(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """The same at an exercise, for who says that it is made up: it can never land at a real event."""
    return _register(request, incident_id, is_exercise=True)


def _register(request: HttpRequest, incident_id: UUID, *, is_exercise: bool) -> HttpResponse:
    try:
        language = content.known(request.POST.get("page_language", "nl"))
    except (RequestDataTooBig, TooManyFieldsSent):
        return _refuse(request, content.known(request.GET.get("taal", "nl")), "big", 413)
    if not came_from_here(request):
        return _refuse(request, language, "elsewhere", 403)
    with translation.override(language):
        form = RegistrationForm(request.POST, page_language=language, is_exercise=is_exercise)
        if not form.is_valid():
            return _form(request, form, incident_id, 422)
        form_key = form.cleaned_data["form_key"]
        if form_key is None:
            return _confirm(request, form, incident_id)
        answers = form.answers()
        answers[SUSPECT] |= CROWD.is_flooded_by(network_of(request), **content.content()["flood"])
        submission = Submission(
            form_key, incident_id, language, content.version(), datetime.now(UTC), answers
        )
        try:
            spool.append(envelope.close(submission.as_bytes()))
        except OSError:
            return _form(request, form, incident_id, 503)
        return _receipt(form, submission)


def _page(request: HttpRequest, form: RegistrationForm, incident_id: UUID, **more: Any) -> dict[str, Any]:
    return {
        "form": form,
        "text": form.texts,
        "action": register_path(incident_id, is_exercise=form.is_exercise),
        "is_exercise": form.is_exercise,
        "desk": content.desk(),
        "draft_key": DRAFT_KEY.format(incident_id),
        **more,
    }


def _form(request: HttpRequest, form: RegistrationForm, incident_id: UUID, status: int) -> HttpResponse:
    """The form as it was typed, with what is wrong beside the fields or on top."""
    page = _page(request, form, incident_id, is_full=status == 503)
    response = render(request, "people/registration.html", page, status=status)
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _confirm(request: HttpRequest, form: RegistrationForm, incident_id: UUID) -> HttpResponse:
    """The step for browsers without scripts: this page carries the key, so sending it twice is once."""
    sent = [
        (name, value) for name in form.fields if name != "form_key" for value in request.POST.getlist(name)
    ]
    page = _page(request, form, incident_id, told=told_lines(form), sent=sent, form_key=uuid.uuid4().hex)
    return render(request, "people/confirm.html", page)


def _receipt(form: RegistrationForm, submission: Submission) -> HttpResponse:
    answers = submission.answers
    text = _receipt_text(
        form.tongue,
        is_reachable=bool(answers["phone"] or answers["email"]),
        is_urgent=answers["urgent"] == "yes",
        wants_contact=any(each["given"] for each in answers["consents"].values()),
        is_exercise=form.is_exercise,
    )
    text = text.replace(DRAFT, DRAFT_KEY.format(submission.incident_id))
    return HttpResponse(text.replace(REFERENCE, escape(submission.reference)))


@cache
def _receipt_text(language: str, **about: bool) -> str:
    """A receipt of this kind with marks for what is one's own: rendered once, filled in for everybody."""
    page = {"text": content.texts(language), "reference": REFERENCE, "draft_key": DRAFT, **about}
    return render_public("people/received.html", {**page, "desk": content.desk()})


def _refuse(request: HttpRequest, language: str, why: str, status: int) -> HttpResponse:
    text = content.texts(language)
    with translation.override(language):
        page = {"title": text[f"{why}_title"], "message": text[f"{why}_text"]}
        return render(request, "people/refused.html", page, status=status)
