"""Navigation: each app adds its own entry; a visitor sees those that the role allows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """One link of the workspace menu."""

    label: str
    url_name: str
    shown_to: Callable[[Any], bool]
    order: int = 50


@dataclass(frozen=True)
class Link:
    """An entry as the page draws it."""

    label: str
    url: str
    is_current: bool


_entries: list[Entry] = []


def add(entry: Entry) -> None:
    """Add a link to the workspace menu (called from an app's hooks)."""
    _entries.append(entry)
    _entries.sort(key=lambda each: each.order)


def links_for(actor: Any, path: str) -> list[Link]:
    """The menu for this actor, with the page at `path` marked as current."""
    found = [(entry, reverse(entry.url_name)) for entry in _entries if entry.shown_to(actor)]
    best = max((url for _, url in found if path.startswith(url)), key=len, default="")
    return [Link(entry.label, url, url == best) for entry, url in found]
