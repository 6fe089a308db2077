"""What the app above a space must do for it, as functions that it registers: peers knows no people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from nabij.peers.models import Age, Relation, Space


@dataclass(frozen=True)
class Verified:
    """Who asks to come in, as the app above verified them: the relation decides the group."""

    member_id: UUID
    relation: Relation
    age: Age
    has_guardians_yes: bool
    is_kin_of_offender: bool


@dataclass(frozen=True)
class Outside:
    """The app above one kind of space.

    `who` says who is in this request, of the centre or community with this id, or nobody: it is asked on
    every request, so an entry that ended ends here too. `language` is the code of the language in which they
    read, and `finish` may renew the visit. `tell` brings a notice
    by the person's safe-contact rule. `expelled` ends somebody's entry. `phone_address` is the page on which
    staff find how to phone somebody, "" when there is none; `back` is where a member came from. `people` says
    whose read log tells that a moderator read these members: the ids of persons, when those are others;
    `members` is the way back, from persons to the ids by which they are members here.
    """

    who: Callable[[HttpRequest, UUID], Verified | None]
    language: Callable[[HttpRequest], str]
    finish: Callable[[HttpRequest, HttpResponse], HttpResponse]
    tell: Callable[[UUID, str, bool, datetime], None]
    expelled: Callable[[UUID, UUID, datetime], None]
    phone_address: Callable[[UUID, UUID], str]
    back: Callable[[UUID], str]
    people: Callable[[Iterable[UUID]], Iterable[UUID]] = list
    members: Callable[[Iterable[UUID]], Iterable[UUID]] = list


_known: dict[str, Outside] = {}


def register(kind: str, outside: Outside) -> None:
    """Let this app stand above spaces of this kind (called from its hooks)."""
    _known[kind] = outside


def forget(kind: str) -> None:
    """Let nobody stand above spaces of this kind; for stories that end."""
    _known.pop(kind, None)


def members_of(persons: Iterable[UUID]) -> set[UUID]:
    """The ids by which these persons are members anywhere: their own, or those that the apps above know."""
    known = list(persons)
    return {*known, *(member for each in _known.values() for member in each.members(known))}


def outside_of(space: Space) -> Outside | None:
    """The app above this space; None while there is none, and then nobody comes in."""
    return _known.get(space.kind)
