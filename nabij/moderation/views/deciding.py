"""The queue of moderators, one post of it, and what they decide."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.accounts.queries import names_of
from nabij.accounts.roles import Permission
from nabij.audit.reading import log_read
from nabij.kit.context import EXERCISE
from nabij.moderation import actions
from nabij.moderation.forms import ExpelForm, FollowUpForm, ReasonForm, SilenceForm
from nabij.moderation.queries import (
    asked_of_colleague,
    gaps_of,
    open_hold_of,
    post_to_read,
    posts_in,
    queue_for,
    reports_of,
    shifts_of,
    spaces_for,
    talk_to_read,
    talks_in,
    waiting_count,
)
from nabij.peers import actions as groups
from nabij.peers.forms import PostForm
from nabij.peers.models import FollowUp, Hold, Post, PostState, Space
from nabij.peers.outside import outside_of
from nabij.peers.policies import can_follow_up, can_lead, can_moderate, can_write_as_moderator
from nabij.peers.queries.members import shown_posts, title_of
from nabij.privacy.purposes import Purpose


def moderators_only(request: Request) -> None:
    """Raise PermissionDenied for who moderates no groups."""
    if not request.actor.may(Permission.MODERATE_GROUPS):
        raise PermissionDenied


@never_cache
@require_safe
def panel(request: Request) -> HttpResponse:
    """Panel of the desk: how many posts wait, danger apart, and whether a moderator is missing."""
    moderators_only(request)
    number, danger = waiting_count(request.actor, request.at)
    spaces = list(spaces_for(request.actor, request.at))
    is_gap = any(_is_gap(each, request) for each in spaces if not each.is_exercise)
    context = {"number": number, "danger": danger, "is_gap": is_gap}
    return render(request, "moderation/_panel.html", context)


def _is_gap(space: Space, request: Request) -> bool:
    gaps = gaps_of(space, request.at)
    return bool(gaps) and gaps[0][0] <= request.at


@never_cache
@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits, the most urgent first; who is there now, and where nobody is."""
    moderators_only(request)
    spaces = [
        {
            "space": space,
            "now": [each for each in shifts_of(space, request.at) if each.starts_at <= request.at],
            "gaps": gaps_of(space, request.at)[:3],
            "may_lead": can_lead(request.actor, space, request.at),
        }
        for space in spaces_for(request.actor, request.at)
    ]
    found = queue_for(request.actor, request.at)
    takers = names_of({row.hold.taken_by for row in found if row.hold and row.hold.taken_by})
    context = {"queue": found, "spaces": spaces, "takers": takers}
    return render(request, "moderation/queue.html", context)


@never_cache
@require_safe
def post(request: Request, pk: UUID) -> HttpResponse:
    """One post with why it waits, what members said, and everything a moderator can do."""
    return _page(request, _post_or_404(request, pk))


def _post_or_404(request: Request, pk: UUID) -> Post:
    found = post_to_read(request.actor, pk, request.at)
    if found is None:
        raise Http404
    mark_space(request, found.talk.group.space)
    return found


def mark_space(request: Request, space: Space) -> None:
    """Let the page say OEFENING when the groups of this space are one."""
    request.__dict__[EXERCISE] = space.is_exercise


def _page(request: Request, found: Post, part: str = "", form: forms.Form | None = None) -> HttpResponse:
    """The page of a post; reading it is logged with whom it is about, behind the wall."""
    waiting = open_hold_of(found)
    _log([found], found.talk.group.space, request)
    may_moderate = can_moderate(request.actor, found.talk.group.space, request.at)
    blank: dict[str, forms.Form] = {
        "follow_up_form": FollowUpForm(), "refuse_form": ReasonForm(auto_id="weiger_%s"),
        "remove_form": ReasonForm(auto_id="weg_%s"), "silence_form": SilenceForm(),
        "expel_form": ExpelForm(auto_id="uit_%s"),
    }  # fmt: skip
    if form is not None:
        blank[f"{part}_form"] = form
    whole = found.talk.introduction_id is None and may_moderate
    shown = shown_posts(posts_in(found.talk) if whole else posts_in(found.talk).filter(pk=found.pk))
    context: dict[str, Any] = {
        "post": found,
        "shown": next((each for each in shown if each.post.pk == found.pk), None),
        "context": shown if whole else [],
        "title": title_of(found.talk) if may_moderate else "",
        "hold": waiting,
        "reports": reports_of(found) if may_moderate else [],
        "expulsion": asked_of_colleague(found),
        "may_moderate": may_moderate,
        "may_follow_up": waiting is not None and can_follow_up(request.actor, waiting, request.at),
        "phone_address": _phone_address(found, waiting),
        "is_gone": found.state in (PostState.WITHDRAWN, PostState.REMOVED),
        **blank,
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "moderation/post.html", context, status=422 if wrong else 200)


def _log(posts: Iterable[Post], space: Space, request: Request) -> None:
    """Who wrote these reads it in their own read log: the app above knows who that is, this page does not."""
    members = {each.author.member_id for each in posts if each.author and each.author.member_id}
    outside = outside_of(space)
    people = outside.people(members) if outside else members
    log_read(people, by=request.actor, purpose=Purpose.AFTERCARE, at=request.at)


def _phone_address(found: Post, waiting: Hold | None) -> str:
    """Where staff find how to phone who wrote it: known by the app above only."""
    space = found.talk.group.space
    outside = outside_of(space)
    who = waiting.member_id if waiting is not None else None
    return outside.phone_address(space.owner_id, who) if outside and who else ""


@require_POST
def follow_up(request: Request, pk: UUID) -> HttpResponse:
    """Write down what was done for somebody in danger."""
    found, form = _post_or_404(request, pk), FollowUpForm(request.POST)
    waiting = open_hold_of(found)
    if waiting is None or not form.is_valid():
        return _page(request, found, "follow_up", form)
    what = FollowUp(form.cleaned_data["what"])
    _try(request, lambda: actions.note_follow_up(waiting, what, by=request.actor, at=request.at))
    return _on(request, pk)


@require_POST
def approve(request: Request, pk: UUID) -> HttpResponse:
    """Show a post that waited."""
    found = _post_or_404(request, pk)
    if _try(request, lambda: actions.approve_post(found, by=request.actor, at=request.at)):
        messages.success(request, _("Het bericht staat in de groep."))
    return redirect("moderation:queue")


@require_POST
def refuse(request: Request, pk: UUID) -> HttpResponse:
    """Do not show a post that waited, and say why."""
    found, form = _post_or_404(request, pk), ReasonForm(request.POST, auto_id="weiger_%s")
    if not form.is_valid():
        return _page(request, found, "refuse", form)
    act = partial(actions.refuse_post, found, **form.cleaned_data, by=request.actor, at=request.at)
    if _try(request, act):
        messages.success(request, _("Niet geplaatst. De schrijver leest waarom."))
    return redirect("moderation:queue")


@require_POST
def remove(request: Request, pk: UUID) -> HttpResponse:
    """Take a post out of the group, and say why."""
    found, form = _post_or_404(request, pk), ReasonForm(request.POST, auto_id="weg_%s")
    if not form.is_valid():
        return _page(request, found, "remove", form)
    act = partial(actions.remove_post, found, **form.cleaned_data, by=request.actor, at=request.at)
    if _try(request, act):
        messages.success(request, _("Het bericht is weg. De schrijver leest waarom."))
    return redirect("moderation:queue")


@require_POST
def settle(request: Request, pk: UUID) -> HttpResponse:
    """A reported post may stay."""
    found = _post_or_404(request, pk)
    if _try(request, lambda: actions.settle_reports(found, by=request.actor, at=request.at)):
        messages.success(request, _("Het bericht blijft staan."))
    return redirect("moderation:queue")


@require_POST
def silence(request: Request, pk: UUID) -> HttpResponse:
    """Read everything first that this member writes."""
    found, form = _post_or_404(request, pk), SilenceForm(request.POST)
    if not form.is_valid():
        return _page(request, found, "silence", form)
    days = form.cleaned_data["days"]
    if _try(request, lambda: actions.silence_member(found, days, by=request.actor, at=request.at)):
        messages.success(request, _("Wat dit lid schrijft, leest u nu eerst."))
    return _on(request, pk)


@require_POST
def expel(request: Request, pk: UUID) -> HttpResponse:
    """Ask a colleague to put this member out."""
    found, form = _post_or_404(request, pk), ExpelForm(request.POST, auto_id="uit_%s")
    author = found.author
    if author is None or not form.is_valid():
        return _page(request, found, "expel", form)
    reason = form.cleaned_data["reason"]
    if _try(request, lambda: actions.ask_expulsion(author, reason, by=request.actor, at=request.at)):
        messages.success(request, _("Gevraagd. Een collega beslist."))
    return redirect("moderation:expulsions", found.talk.group.space_id)


@never_cache
@require_http_methods(["GET", "POST"])
def talk(request: Request, pk: UUID) -> HttpResponse:
    """A whole talk, and a place to write as a moderator."""
    found = talk_to_read(request.actor, pk, request.at)
    if found is None:
        raise Http404
    mark_space(request, found.group.space)
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        groups.write_as_moderator(found, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect("moderation:read_talk", pk)
    shown = shown_posts(posts_in(found))
    _log([each.post for each in shown], found.group.space, request)
    may_write = can_write_as_moderator(request.actor, found, request.at)
    context = {"talk": found, "title": title_of(found), "shown": shown, "form": form, "may_write": may_write}
    return render(request, "moderation/read_talk.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def talks(request: Request, pk: UUID) -> HttpResponse:
    """The latest talks of the groups of a space."""
    space = spaces_for(request.actor, request.at).filter(pk=pk).first()
    if space is None:
        raise Http404
    mark_space(request, space)
    return render(request, "moderation/talks.html", {"space": space, "talks": talks_in(request.actor, space)})


def _try(request: Request, act: Callable[[], object]) -> bool:
    """Do it; what stands in the way is said on the page."""
    try:
        act()
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return False
    return True


def _on(request: Request, pk: UUID) -> HttpResponse:
    """Back to the post, or to the queue when there is nothing left to do there."""
    is_there = post_to_read(request.actor, pk, request.at) is not None
    return redirect("moderation:post", pk) if is_there else redirect("moderation:queue")
