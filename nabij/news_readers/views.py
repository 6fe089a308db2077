"""Asking for the news, without a login and without the database; confirming it with the link of a mail."""

from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from nabij.audit.actor import link_of
from nabij.keys import envelope
from nabij.kit import clock
from nabij.kit.origin import came_from_here, network_of
from nabij.news_readers.actions import confirm_reader
from nabij.news_readers.asks import NewsAsk
from nabij.news_readers.content import flood, known, words
from nabij.news_readers.draining import FOLDER
from nabij.news_readers.forms import AskForm
from nabij.news_readers.pages import page_of
from nabij.news_readers.queries import reader_of
from nabij.publish.pages import render_public
from nabij.spool import writing as spool
from nabij.spool.crowds import Crowd

RETRY_SECONDS = "60"
CROWD = Crowd()


@csrf_exempt  # the static form carries no token; `came_from_here` says why that is enough
@login_not_required
@require_POST
def ask(request: HttpRequest, centre_id: UUID, language: str) -> HttpResponse:
    """Seal and keep the address; the answer is the same for every address, and for a program in the trap."""
    tongue = known(language)
    with translation.override(tongue):
        try:
            form = AskForm(request.POST, language=tongue)
        except (RequestDataTooBig, TooManyFieldsSent):
            return _again(request, AskForm({}, language=tongue), centre_id, tongue, 413)
        if not came_from_here(request):
            return _again(request, form, centre_id, tongue, 403)
        if not form.is_valid():
            return _again(request, form, centre_id, tongue, 422)
        if form.is_trapped:
            return HttpResponse(_asked(tongue))
        is_flooded = CROWD.is_flooded_by(network_of(request), **flood())
        wish = NewsAsk(centre_id, form.cleaned_data["email"], tongue, datetime.now(UTC), is_flooded)
        try:
            spool.append(envelope.close(wish.as_bytes()), FOLDER)
        except OSError:
            return _again(request, form, centre_id, tongue, 503)
        return HttpResponse(_asked(tongue))


def _again(request: HttpRequest, form: AskForm, centre_id: UUID, language: str, status: int) -> HttpResponse:
    """The form as it was typed, with what is wrong beside the field or on top."""
    page = {**page_of(form, str(centre_id), language), "is_full": status == 503, "is_foreign": status == 403}
    response = render(request, "news_readers/ask.html", page, status=status)
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


@cache
def _asked(language: str) -> str:
    """Look in your mailbox: rendered once, the same for everybody."""
    return render_public("news_readers/asked.html", {"words": words(language)})


@login_not_required
@csrf_exempt  # opened from a mail, without cookie; who holds the link is who got the mail
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on a page, confirm on a POST; the page says nothing of what the news is about."""
    at = clock.now()
    reader = reader_of(token, at)
    if reader is None:
        return _confirm_page(request, known(translation.get_language_from_request(request)), "unknown", 404)
    if request.method == "POST" and not confirm_reader(reader, by=link_of(reader.pk), at=at):
        return _confirm_page(request, known(reader.language), "unknown", 404)
    is_done = request.method == "POST" or reader.confirmed_at is not None
    return _confirm_page(request, known(reader.language), "done" if is_done else "ask")


def _confirm_page(request: HttpRequest, language: str, state: str, status: int = 200) -> HttpResponse:
    with translation.override(language):
        page = {"words": words(language), "state": state}
        return render(request, "news_readers/confirm.html", page, status=status)
