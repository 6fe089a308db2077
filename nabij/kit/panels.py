"""Panels and doors: a page shows blocks of apps above it, and ways to begin, without knowing them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Panel:
    """A block of a page: its heading, the address that renders it and who may see it.

    A quiet one is left out while there is nothing in it to open or to press.
    """

    title: str
    url_name: str
    shown_to: Callable[[Any, Any], bool]
    order: int = 50
    is_quiet: bool = False

    def url(self, subject: Any) -> str:
        """The address from which htmx refreshes this panel."""
        return reverse(self.url_name, args=[] if subject is None else [subject.pk])

    def render(self, request: HttpRequest, subject: Any) -> SafeString:
        """The panel's own view, rendered inline for the first look."""
        view, names = _view_of(self, subject)
        response = view(request, **dict.fromkeys(names, subject and subject.pk))
        body: str = response.content.decode()
        return mark_safe(body)  # noqa: S308  (our own view's rendered template)


@dataclass(frozen=True)
class ShownPanel:
    """A panel as one visitor sees it."""

    panel: Panel
    url: str
    body: SafeString

    @property
    def has_something(self) -> bool:
        """Whether there is something in it for this visitor now."""
        return not self.panel.is_quiet or "<a " in self.body or "<button" in self.body


@dataclass(frozen=True)
class Door:
    """A way to begin something of which there is nothing yet, so that no empty panel stands for it."""

    label: str
    url_name: str
    shown_to: Callable[[Any, Any, datetime], bool]
    order: int = 50


_views: dict[str, tuple[Callable[..., Any], list[str]]] = {}
_slots: dict[str, list[Panel]] = defaultdict(list)
_doors: dict[str, list[Door]] = defaultdict(list)


def add(slot: str, panel: Panel) -> None:
    """Put a panel on the page that shows `slot`, such as "desk" (called from an app's hooks)."""
    _slots[slot].append(panel)
    _slots[slot].sort(key=lambda each: each.order)


def add_door(slot: str, door: Door) -> None:
    """Put a door on the page that shows `slot` (called from an app's hooks)."""
    _doors[slot].append(door)
    _doors[slot].sort(key=lambda each: each.order)


def doors(slot: str, request: Any, subject: Any) -> list[tuple[str, str]]:
    """The doors of a slot that this visitor may open now, as label and address."""
    return [
        (each.label, reverse(each.url_name, args=[subject.pk]))
        for each in _doors[slot]
        if each.shown_to(request.actor, subject, request.at)
    ]


def shown(slot: str, request: Any, subject: Any) -> list[ShownPanel]:
    """The panels of a slot that this visitor may see for this subject (None on the desk), rendered."""
    found = (
        ShownPanel(panel, panel.url(subject), panel.render(request, subject))
        for panel in _slots[slot]
        if panel.shown_to(request.actor, subject)
    )
    return [each for each in found if each.has_something]


def _view_of(panel: Panel, subject: Any) -> tuple[Callable[..., Any], list[str]]:
    """The view behind a panel and what it calls its subject; looked up among all addresses once."""
    if panel.url_name not in _views:
        match = resolve(panel.url(subject))
        _views[panel.url_name] = (match.func, list(match.kwargs))
    return _views[panel.url_name]
