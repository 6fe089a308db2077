"""Panels: a page shows blocks of apps above it without knowing them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Panel:
    """A block of a page: its heading, the address that renders it and who may see it."""

    title: str
    url_name: str
    shown_to: Callable[[Any, Any], bool]
    order: int = 50

    def url(self, subject: Any) -> str:
        """The address from which htmx refreshes this panel."""
        return reverse(self.url_name, args=[] if subject is None else [subject.pk])

    def render(self, request: HttpRequest, subject: Any) -> SafeString:
        """The panel's own view, rendered inline for the first look."""
        match = resolve(self.url(subject))
        response = match.func(request, *match.args, **match.kwargs)
        body: str = response.content.decode()
        return mark_safe(body)  # noqa: S308  (our own view's rendered template)


@dataclass(frozen=True)
class ShownPanel:
    """A panel as one visitor sees it."""

    panel: Panel
    url: str
    body: SafeString


_slots: dict[str, list[Panel]] = defaultdict(list)


def add(slot: str, panel: Panel) -> None:
    """Put a panel on the page that shows `slot`, such as "desk" (called from an app's hooks)."""
    _slots[slot].append(panel)
    _slots[slot].sort(key=lambda each: each.order)


def shown(slot: str, request: Any, subject: Any) -> list[ShownPanel]:
    """The panels of a slot that this visitor may see for this subject (None on the desk), rendered."""
    return [
        ShownPanel(panel, panel.url(subject), panel.render(request, subject))
        for panel in _slots[slot]
        if panel.shown_to(request.actor, subject)
    ]
