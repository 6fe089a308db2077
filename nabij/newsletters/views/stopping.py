"""Ending the news by e-mail: no login, nothing happens by looking, one step is enough. Source: RFC 8058."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nabij.audit.actor import link_of
from nabij.kit import clock
from nabij.news_readers.content import known
from nabij.news_readers.content import words as reader_words
from nabij.newsletters.actions import stop_news
from nabij.newsletters.content import stop_words
from nabij.newsletters.queries.news import mail_of, wants_news


@login_not_required
@csrf_exempt  # a mail program sends this without cookie or origin; who holds the link is who got the mail
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on a page, end on a POST; the page says nothing of what the news was about."""
    mail = mail_of(token)
    if mail is None:
        return _page(request, translation.get_language_from_request(request), "unknown", status=404)
    language = mail.issue.version.text.language
    has_registered = mail.reader_id is None
    if request.method == "POST":
        stop_news(mail, by=link_of(mail.pk), at=clock.now())
        return _page(request, language, "done", has_registered=has_registered)
    state = "ask" if wants_news(mail) else "done"
    return _page(request, language, state, has_registered=has_registered)


def _page(
    request: HttpRequest, language: str, state: str, *, has_registered: bool = True, status: int = 200
) -> HttpResponse:
    with translation.override(language):
        words = {**stop_words(language), "erased": reader_words(known(language))["stopped"]}
        context = {"words": words, "state": state, "has_registered": has_registered}
        return render(request, "newsletters/stop.html", context, status=status)
