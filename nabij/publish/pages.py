"""Which public pages there are: every app tells its own, and renders them without a visitor."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from nabij.kit.context import surroundings

_PATH = re.compile(r"/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?/)*(?:[a-z0-9-]+\.(?:txt|xml|json|svg))?", re.ASCII)
T = TypeVar("T")


class UnusablePath(ValueError):
    """A path that cannot be a page: only small letters, digits and dashes, ending in a slash."""


@dataclass(frozen=True)
class StandIn:
    """What a page still says when it cannot be made: its name, and whom to call."""

    name: str
    phone: str


@dataclass(frozen=True)
class PublicPage:
    """One public page: its address, its language and what makes its HTML.

    `subject` is the record that it tells of: it is made anew when something happens to that record. A page
    of no record is made with all others, and one that `follows_all` with each of them. `stand_in` replaces
    words that were taken away while the page cannot be made; without it the former text stays.
    """

    path: str
    language: str
    render: Callable[[], str]
    subject: UUID | None = None
    stand_in: StandIn | None = None
    follows_all: bool = False

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.path):
            raise UnusablePath(self.path)


@dataclass(frozen=True)
class Source:
    """What tells pages: all of them, and those of one record where it can (`of`)."""

    name: str
    every: Callable[[], Iterable[PublicPage]]
    of: Callable[[UUID], Iterable[PublicPage]] | None = None


_sources: list[Source] = []
_asked: ContextVar[dict[Hashable, Any] | None] = ContextVar("asked", default=None)


def register(
    every: Callable[[], Iterable[PublicPage]], of: Callable[[UUID], Iterable[PublicPage]] | None = None
) -> None:
    """Add a source of public pages; it is asked again for every release (called from an app's hooks).

    With `of` it tells the pages of one record, so that a change of one waits for no other.
    """
    name = f"{every.__module__}.{every.__qualname__}"
    if all(source.every != every for source in _sources):
        _sources.append(Source(name, every, of))


def sources() -> list[Source]:
    """All sources, in the order in which they were added."""
    return list(_sources)


def all_pages() -> list[PublicPage]:
    """Every public page that there is now; of two at one address the last registered wins."""
    return list({page.path: page for source in _sources for page in source.every()}.values())


@contextmanager
def asking_once() -> Iterator[None]:
    """Within this block `once` remembers what it found: for the pages of one release."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` finds; in a release only the first page that needs it asks."""
    known = _asked.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    found: T = known[key]
    return found


def render_public(template: str, context: dict[str, Any]) -> str:
    """A template rendered for everybody at once: the house's surroundings, and no visitor."""
    return render_to_string(template, {**surroundings(HttpRequest()), **context})
