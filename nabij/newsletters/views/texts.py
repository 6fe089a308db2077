"""SIS, one more question or language, and the telephone script of a centre."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.centres.models import BASE_LANGUAGES, AdviceCentre, Language
from nabij.centres.pages import page_context
from nabij.centres.policies import can_edit, can_publish
from nabij.centres.queries import centres_for
from nabij.centres.queries.shown import begun_languages
from nabij.centres.views.finding import back_to, centre_or_404
from nabij.incidents.refusals import Refused
from nabij.newsletters.actions import add_language, end_sis, offer_answer, start_sis
from nabij.newsletters.content import place_words, words
from nabij.newsletters.forms import LanguageForm, QuestionForm, SisForm
from nabij.newsletters.policies import can_start_sis, reads_news, reads_script
from nabij.newsletters.queries import sis_history, sis_now
from nabij.newsletters.queries.places import place_facts, place_of
from nabij.people.pages import registration_page


@require_safe
def panel(request: Request, pk: UUID) -> HttpResponse:
    """What else one can do for this centre, and when SIS was on."""
    centre = centre_or_404(request, pk)
    context = {
        "centre": centre,
        "history": sis_history(centre),
        "is_on": sis_now(centre) is not None,
        "languages": [(code, Language(code).label) for code in begun_languages(centre)],
        "place": place_of(centre),
        "may_read_news": reads_news(request.actor),
        "may_edit": can_edit(request.actor, centre, request.at),
        "may_publish": can_publish(request.actor, centre, request.at),
        "may_start_sis": can_start_sis(request.actor, centre, request.at),
    }
    return render(request, "newsletters/_panel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sis(request: Request, pk: UUID) -> HttpResponse:
    """Put the SIS number on the page; who decided it is kept."""
    centre = centre_or_404(request, pk)
    if not can_start_sis(request.actor, centre, request.at):
        raise PermissionDenied
    form = SisForm(request.POST or None, centre=centre)
    return _page(
        request, centre, form, _("SIS aanzetten"), _("SIS staat aan."),
        lambda clean: start_sis(centre, clean["decided_by"], by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
def sis_off(request: Request, pk: UUID) -> HttpResponse:
    """Take the SIS number away from the page."""
    centre = centre_or_404(request, pk)
    try:
        end_sis(centre, by=request.actor, at=request.at)
    except Refused as refused:
        return back_to(centre, request, wrong=refused.message)
    return back_to(centre, request, done=_("SIS staat uit."))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, pk: UUID) -> HttpResponse:
    """Write a question with its answer; it goes on the page once another approved it."""
    centre = _to_edit(request, pk)
    form = QuestionForm(request.POST or None)
    return _page(
        request, centre, form, _("Nieuwe vraag met antwoord"), _("Opgeslagen. Een ander keurt het goed."),
        lambda clean: offer_answer(centre, **clean, by=request.actor, at=request.at),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def language(request: Request, pk: UUID) -> HttpResponse:
    """Add a language; who reads it checks the texts, and another approves them."""
    centre = _to_edit(request, pk)
    form = LanguageForm(request.POST or None)
    return _page(
        request, centre, form, _("Taal toevoegen"), _("Toegevoegd. Iemand die de taal leest, leest nu na."),
        lambda clean: add_language(centre, clean["language"], by=request.actor, at=request.at),
    )  # fmt: skip


@require_safe
def script(request: Request, pk: UUID, language: str) -> HttpResponse:
    """What somebody reads aloud on the telephone: the very texts of the page, and nothing else."""
    centre = get_object_or_404(centres_for(request.actor, request.at), pk=pk)
    if not reads_script(request.actor) or language not in BASE_LANGUAGES:
        raise Http404
    place = place_of(centre)
    context = {
        **page_context(centre, language),
        "script": words(language),
        "sis": sis_now(centre),
        "place_words": place_words(language),
        "place_facts": place_facts(place, language) if place and place.has_place else [],
    }
    return render(request, "newsletters/script.html", context)


@require_safe
def form_preview(request: Request, pk: UUID, language: str) -> HttpResponse:
    """The registration form as it will stand there, for who reads or approves a language; nothing is sent."""
    centre = centre_or_404(request, pk)
    if language not in begun_languages(centre):
        raise Http404
    return HttpResponse(registration_page(centre.incident_id, centre.name, language, is_preview=True))


def _to_edit(request: Request, pk: UUID) -> AdviceCentre:
    centre = centre_or_404(request, pk)
    if not can_edit(request.actor, centre, request.at):
        raise PermissionDenied
    return centre


def _page(
    request: Request,
    centre: AdviceCentre,
    form: forms.Form,
    title: str,
    done: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """One form about a centre; what is refused stands above it, and what was typed is kept."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return back_to(centre, request, done=done)
    context = {"form": form, "centre": centre, "title": title, "is_exercise": centre.incident.is_exercise}
    return render(request, "newsletters/form.html", context, status=422 if form.errors else 200)
