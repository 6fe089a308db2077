"""The door, the group, and one's own place in it."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nabij.accounts.http import Request
from nabij.kit import panels
from nabij.kit.clock import local
from nabij.kit.emergency import emergency_numbers
from nabij.peers import actions, content
from nabij.peers.entry import Visitor, at_the_door, inside, page
from nabij.peers.forms import AliasForm, DoorForm
from nabij.peers.models import Age
from nabij.peers.queries.introductions import invitation_of
from nabij.peers.queries.members import (
    alias_of,
    groups_of,
    has_danger_waiting,
    is_in_danger,
    muted_by,
    other_member,
    talks_of,
)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@at_the_door
def door(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Read the rules, choose an alias and come in; who is in already goes on to the group."""
    if visitor.place is not None:
        return redirect("peers:group", visitor.space.pk)
    groups = groups_of(visitor.space, visitor.verified.relation)
    if not groups:
        return page(request, "peers/no_group.html", visitor)
    may_choose = visitor.verified.age == Age.FROM_16 and len(groups) > 1
    form = DoorForm(request.POST if request.method == "POST" else None, may_choose_youth=may_choose)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.enter(
                visitor.space, visitor.verified, clean["alias"], by=visitor.actor, at=visitor.at,
                wants_youth=clean.get("wants_youth", False),
            )  # fmt: skip
        except PermissionDenied:
            return page(request, "peers/no_group.html", visitor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("peers:group", visitor.space.pk)
    context = {"form": form, "rules": content.rules(), "group": groups[0]}
    return page(request, "peers/door.html", visitor, status=422 if form.errors else 200, **context)


@login_not_required
@never_cache
@require_safe
@inside
def group(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The group: whom to phone, the talks, and how to begin one."""
    member = visitor.member
    context: dict[str, Any] = {
        "group": member.group,
        "talks": talks_of(member),
        "rules": content.rules(),
        "alias": alias_of(member),
        "invitation": invitation_of(member),
        "silenced_until": member.silenced_until if member.is_silenced(visitor.at) else None,
        "may_meet": member.age == Age.ADULT,
        "goes_on": _goes_on(visitor),
        "is_quiet": visitor.space.is_quiet(local(visitor.at).time()),
        **danger_of(visitor),
    }
    asking = cast(Request, request)
    asking.actor, asking.at = visitor.actor, visitor.at
    context["panels"] = panels.shown("group", request, visitor.space)
    actions.see(member, by=visitor.actor, at=visitor.at)
    return page(request, "peers/group.html", visitor, **context)


def _goes_on(visitor: Visitor) -> bool:
    """Whether this member may have heard of an end that does not come."""
    went_on_at = visitor.space.went_on_at
    if went_on_at is None or visitor.member.entered_at > went_on_at:
        return False
    return visitor.at < went_on_at + content.days("going_on_days")


def danger_of(visitor: Visitor) -> dict[str, Any]:
    """112 and 113 for who wrote that there is danger, and whether that still waits; nothing for others."""
    is_told = is_in_danger(visitor.member, visitor.at)
    lines = [line for line in emergency_numbers() if is_told and line.key in ("112", "113")]
    return {"danger_lines": lines, "danger_waits": is_told and has_danger_waiting(visitor.member)}


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@inside
def me(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """My place: my alias, notices, whom I do not see, and leaving."""
    member = visitor.member
    form = AliasForm(request.POST if request.method == "POST" else None, initial={"alias": alias_of(member)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_alias(member, form.cleaned_data["alias"], by=visitor.actor, at=visitor.at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("peers:me", visitor.space.pk)
    context = {"form": form, "member": member, "alias": alias_of(member), "muted": muted_by(member)}
    return page(request, "peers/me.html", visitor, status=422 if form.errors else 200, **context)


@login_not_required
@require_POST
@inside
def notices(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Get a notice at news, or none."""
    wants = request.POST.get("bericht") == "ja"
    actions.choose_notices(visitor.member, wants, by=visitor.actor, at=visitor.at)
    return redirect("peers:me", visitor.space.pk)


@login_not_required
@require_POST
@inside
def mute(request: HttpRequest, visitor: Visitor, pk: UUID) -> HttpResponse:
    """Do not see a member any more, or see them again."""
    other = other_member(visitor.member, pk)
    if other is None:
        raise Http404
    act = actions.unmute if request.POST.get("weer") else actions.mute
    act(visitor.member, other, by=visitor.actor, at=visitor.at)
    return redirect("peers:me", visitor.space.pk)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@inside
def leave(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Go, with everything one wrote; asked once more, because nothing brings it back."""
    if request.method == "POST":
        actions.leave(visitor.member, by=visitor.actor, at=visitor.at)
        return page(request, "peers/left.html", visitor)
    return page(request, "peers/leave.html", visitor)
