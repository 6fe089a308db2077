"""Who sits on a chair, what they can do and who goes first: paging asks, an app above it answers."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from nabij.paging.models import Page

Resolver = Callable[[str, UUID | None, datetime], list[UUID]]
Skills = dict[UUID, frozenset[str]]
SkillsOf = Callable[[Collection[UUID]], Skills]
Chooser = Callable[["Page", str, list[UUID], datetime], list[UUID]]
_resolvers: list[Resolver] = []
_skills: list[SkillsOf] = []
_choosers: dict[str, Chooser] = {}


def register(resolver: Resolver) -> None:
    """Let this function answer who sits on a chair (called from an app's hooks)."""
    _resolvers.append(resolver)


def people_on(seat: str, team_id: UUID | None, at: datetime) -> list[UUID]:
    """The memberships on this chair of this team at this moment; empty when nobody sits there."""
    return list(dict.fromkeys(each for resolver in _resolvers for each in resolver(seat, team_id, at)))


def forget(resolver: Resolver) -> None:
    """Stop asking this function; for stories that end."""
    _resolvers.remove(resolver)


def register_skills(skills_of_people: SkillsOf) -> None:
    """Let this function answer what people can do, as codes such as `lang:tr`."""
    _skills.append(skills_of_people)


def forget_skills() -> None:
    """Stop asking the last function that was registered; for stories that end."""
    _skills.pop()


def skills_of(membership_ids: Collection[UUID]) -> Skills:
    """What these people can do; for who is not known nothing."""
    known: Skills = {}
    for skills_of_people in _skills:
        known |= skills_of_people(membership_ids)
    return {each: known.get(each, frozenset()) for each in membership_ids}


def register_chooser(kind: str, chooser: Chooser) -> None:
    """Let the app that asks for this kind of page choose whom of a chair it asks now, and in which order."""
    _choosers[kind] = chooser


def chosen(page: "Page", seat: str, membership_ids: list[UUID], at: datetime) -> list[UUID]:
    """Whom of these people to ask now, the first one first; all of them when no app has a say."""
    chooser = _choosers.get(page.kind)
    return chooser(page, seat, membership_ids, at) if chooser else membership_ids
