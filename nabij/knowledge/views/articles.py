"""Articles: found, read, written, changed and looked at again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.guide import topics
from nabij.knowledge import actions
from nabij.knowledge.forms import ArticleForm
from nabij.knowledge.models import ArticleVersion
from nabij.knowledge.policies import can_change_article, can_share
from nabij.knowledge.queries import articles_for, is_old, versions_of

_ON_A_PAGE = 25


@require_safe
def articles(request: Request) -> HttpResponse:
    """All articles by title; about one topic, or with words in it."""
    topic, said = (request.GET.get(name, "").replace("\x00", "") for name in ("onderwerp", "zoek"))
    said = said.strip()[:80]
    found = articles_for(request.actor, topic=topic, said=said)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page, "topic": topic, "said": said, "topics": topics.choices(),
        "may_share": can_share(request.actor),
    }  # fmt: skip
    return render(request, "knowledge/articles.html", context)


@require_safe
def article(request: Request, pk: UUID) -> HttpResponse:
    """One article as it holds now, or an earlier version of it."""
    now = _current_or_404(request, pk)
    versions = list(versions_of(now.article))
    wanted = request.GET.get("versie", "")
    shown = next((each for each in versions if str(each.number) == wanted), now)
    context = {
        "shown": shown, "now": now, "versions": versions,
        "topics": [known[code].label() for code in shown.topics if code in (known := topics.topics())],
        "is_old": is_old(now.article, request.at),
        "may_change": can_change_article(request.actor, now.article, request.at),
    }  # fmt: skip
    return render(request, "knowledge/article.html", context)


@require_http_methods(["GET", "POST"])
def write(request: Request) -> HttpResponse:
    """Write an article."""
    if not can_share(request.actor):
        raise PermissionDenied
    form = ArticleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.write_article(form.to_written(), by=request.actor, at=request.at)
        messages.success(request, _("Het artikel staat er. Alle medewerkers kunnen het lezen."))
        return redirect("knowledge:article", made.pk)
    context = {"form": form, "title": _("Artikel schrijven")}
    return render(request, "knowledge/write.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: Request, pk: UUID) -> HttpResponse:
    """Write a new version of an article of one's own organisation."""
    now = _current_or_404(request, pk)
    if not can_change_article(request.actor, now.article, request.at):
        raise PermissionDenied
    initial = {"title": now.title, "topics": now.topics, "text": now.text, "seen_version": now.number}
    form = ArticleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen_version"] or 0
        try:
            actions.change_article(
                now.article, form.to_written(), seen_version=seen, by=request.actor, at=request.at
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De nieuwe versie staat er."))
            return redirect("knowledge:article", pk)
    context = {"form": form, "title": _("Artikel wijzigen"), "now": now}
    return render(request, "knowledge/write.html", context, status=422 if form.errors else 200)


@require_POST
def check(request: Request, pk: UUID) -> HttpResponse:
    """The article is still right."""
    actions.check_article(_current_or_404(request, pk).article, by=request.actor, at=request.at)
    messages.success(request, _("Nagekeken: dit artikel klopt nog."))
    return redirect("knowledge:article", pk)


def _current_or_404(request: Request, pk: UUID) -> ArticleVersion:
    found: ArticleVersion = get_object_or_404(articles_for(request.actor), article_id=pk)
    return found
