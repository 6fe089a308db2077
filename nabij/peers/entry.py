"""The door of the groups: each request asks the app above who is in; an entry that ended ends here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from nabij.audit.actor import Actor, ActorKind
from nabij.kit import clock
from nabij.kit.context import EXERCISE
from nabij.peers.models import GroupMember, Space
from nabij.peers.outside import Outside, Verified, outside_of
from nabij.peers.policies import peer
from nabij.peers.queries.members import former_place_of, member_of, space_with


@dataclass(frozen=True)
class Visitor:
    """Somebody whom the app above let through: perhaps a member already, or one who left and must wait."""

    space: Space
    outside: Outside
    verified: Verified
    place: GroupMember | None
    at: datetime
    must_wait: bool = False

    @property
    def member(self) -> GroupMember:
        """The place in the group, on pages that are for members only."""
        if self.place is None:
            raise Http404
        return self.place

    @property
    def actor(self) -> Actor:
        """Who acts: the place in the group, or who is still at the door."""
        if self.place is not None:
            return peer(self.place)
        return Actor(ActorKind.HELPED_PERSON, id=self.verified.member_id)


View = Callable[..., HttpResponse]


def visitor_of(request: HttpRequest, pk: UUID) -> Visitor | None:
    """Who is in this request; None for everybody for whom this space does not exist."""
    space, at = space_with(pk), clock.now()
    if space is None or not space.is_readable(at):
        return None
    outside = outside_of(space)
    verified = outside.who(request, space.owner_id) if outside else None
    if outside is None or verified is None or verified.is_kin_of_offender:
        return None
    place = member_of(space, verified.member_id)
    former = former_place_of(space, verified.member_id) if place is None else None
    if former is not None and not former.is_under_review:
        return None
    return Visitor(space, outside, verified, place, at, must_wait=former is not None)


def inside(view: View) -> View:
    """A page for members: the same 404 for everybody else, the door for who may come in and did not yet."""
    return _guarded(view, needs_place=True)


def at_the_door(view: View) -> View:
    """A page for who may come in, also before they chose an alias."""
    return _guarded(view, needs_place=False)


def _guarded(view: View, *, needs_place: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, space: UUID, **names: Any) -> HttpResponse:
        visitor = visitor_of(request, space)
        if visitor is None:
            raise Http404
        request.__dict__[EXERCISE] = visitor.space.is_exercise
        with translation.override(visitor.outside.language(request)):
            if visitor.must_wait:
                answer: HttpResponse = page(request, "peers/not_yet.html", visitor)
            elif needs_place and visitor.place is None:
                answer = redirect("peers:door", space)
            else:
                answer = view(request, visitor, **names)
        return visitor.outside.finish(request, answer)

    return guarded


def page(
    request: HttpRequest, template: str, visitor: Visitor, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the groups, with the way back and the space around it."""
    around = {
        "visitor": visitor,
        "space": visitor.space,
        "back_url": visitor.outside.back(visitor.space.owner_id),
        "is_open": visitor.space.is_open(visitor.at),
    }
    return render(request, template, around | context, status=status)
