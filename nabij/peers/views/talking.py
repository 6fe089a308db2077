"""Reading and writing in the group."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nabij.peers import actions
from nabij.peers.entry import Visitor, inside, page
from nabij.peers.forms import PostForm, ReportForm, TalkForm
from nabij.peers.models import Post, Talk
from nabij.peers.policies import can_change, can_report, can_take_away
from nabij.peers.queries.members import aliases_of, post_for, posts_of, talk_for, text_of, title_of
from nabij.peers.views.members import danger_of


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@inside
def start(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Begin a talk; after the end there is nothing to begin."""
    if not visitor.space.is_open(visitor.at):
        raise Http404
    form = TalkForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            post = actions.start_talk(visitor.member, **form.cleaned_data, by=visitor.actor, at=visitor.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("peers:talk", visitor.space.pk, post.talk_id)
    return page(request, "peers/start.html", visitor, status=422 if form.errors else 200, form=form)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@inside
def talk(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """One talk, and a place to write in it."""
    found = _talk_or_404(visitor, pk)
    form = PostForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(visitor.member, found, **form.cleaned_data, by=visitor.actor, at=visitor.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("peers:talk", visitor.space.pk, pk)
    meeting = found.introduction
    context = {
        "form": form,
        "talk": found,
        "title": title_of(found),
        "posts": posts_of(found, visitor.member),
        **danger_of(visitor),
        "meeting": meeting,
        "with_alias": _other_of(found, visitor) if meeting else "",
    }
    return page(request, "peers/talk.html", visitor, status=422 if form.errors else 200, **context)


def _other_of(found: Talk, visitor: Visitor) -> str:
    """The alias of the other in a talk of two."""
    two = [found.introduction.asker, found.introduction.other] if found.introduction else []
    aliases = aliases_of(two)
    return next((name for pk, name in aliases.items() if pk != visitor.member.pk), "")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@inside
def change(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """Write one's own post anew."""
    post = _post_or_404(visitor, pk)
    if not can_change(visitor.actor, post, visitor.at):
        raise Http404
    form = PostForm(_posted(request), initial={"body": text_of(post)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_post(post, **form.cleaned_data, by=visitor.actor, at=visitor.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("peers:talk", visitor.space.pk, post.talk_id)
    context = {"form": form, "post": post}
    return page(request, "peers/change.html", visitor, status=422 if form.errors else 200, **context)


@login_not_required
@require_POST
@inside
def withdraw(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """Take one's own post away for good."""
    post = _post_or_404(visitor, pk)
    if not can_take_away(visitor.actor, post, visitor.at):
        raise Http404
    actions.withdraw_post(post, by=visitor.actor, at=visitor.at)
    if talk_for(visitor.member, post.talk_id) is None:
        return redirect("peers:group", visitor.space.pk)
    return redirect("peers:talk", visitor.space.pk, post.talk_id)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@inside
def report(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """Say that a post is not right, or do not see its writer any more."""
    post = _post_or_404(visitor, pk)
    if not can_report(visitor.actor, visitor.member, post, visitor.at):
        raise Http404
    form = ReportForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        actions.report_post(post, visitor.member, **form.cleaned_data, by=visitor.actor, at=visitor.at)
        return page(request, "peers/reported.html", visitor, post=post)
    context = {"form": form, "post": post}
    return page(request, "peers/report.html", visitor, status=422 if form.errors else 200, **context)


def _talk_or_404(visitor: Visitor, pk: UUID) -> Talk:
    found = talk_for(visitor.member, pk)
    if found is None:
        raise Http404
    return found


def _post_or_404(visitor: Visitor, pk: UUID) -> Post:
    found = post_for(visitor.member, pk)
    if found is None:
        raise Http404
    return found
