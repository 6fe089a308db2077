"""Which public pages there are: every app tells its own, and renders them without a visitor."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from nabij.kit.context import surroundings

_PATH = re.compile(r"/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?/)*(?:[a-z0-9-]+\.(?:txt|xml|json|svg))?", re.ASCII)


class UnusablePath(ValueError):
    """A path that cannot be a page: only small letters, digits and dashes, ending in a slash."""


@dataclass(frozen=True)
class PublicPage:
    """One public page: its address, its language and what makes its HTML."""

    path: str
    language: str
    render: Callable[[], str]

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.path):
            raise UnusablePath(self.path)


Source = Callable[[], Iterable[PublicPage]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source of public pages; it is asked again for every release (called from an app's hooks)."""
    if source not in _sources:
        _sources.append(source)


def all_pages() -> list[PublicPage]:
    """Every public page that there is now; of two at one address the last registered wins."""
    return list({page.path: page for source in _sources for page in source()}.values())


def render_public(template: str, context: dict[str, Any]) -> str:
    """A template rendered for everybody at once: the house's surroundings, and no visitor."""
    return render_to_string(template, {**surroundings(HttpRequest()), **context})
