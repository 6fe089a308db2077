"""Navigation: each app adds its own entry; a visitor sees those that the role allows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

ENGLISH = "en"
IN_THE_BAR = 7  # more stand on two lines at 1280 pixels


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
    language: str = ""  # of the page behind it, when that is not the language of this page


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


@dataclass(frozen=True)
class Menu:
    """What stands in the bar, and what stands under "more" because the bar holds no more."""

    first: list[Link]
    more: list[Link]

    @property
    def is_more_current(self) -> bool:
        """Whether the page that is shown stands under "more"."""
        return any(link.is_current for link in self.more)


def menu_for(actor: Any, path: str) -> Menu:
    """The menu for this actor in two parts; a part of one link would only hide it, so then there is none."""
    links = links_for(actor, path)
    held = len(links) if len(links) <= IN_THE_BAR + 1 else IN_THE_BAR
    return Menu(links[:held], links[held:])


@dataclass(frozen=True)
class PublicEntry:
    """One link of the public menu or footer: a label to translate and the Dutch address."""

    label: Promise
    path: str
    place: str = "menu"


_public: list[PublicEntry] = []


def add_public(entry: PublicEntry) -> None:
    """Add a link to the public pages (called from an app's hooks)."""
    _public.append(entry)


def public_links(place: str, language: str) -> list[Link]:
    """The links of this place ("menu" or "footer") in this language, the same for every visitor.

    In a language that only the pages of centres have, they lead to the English pages and say so.
    """
    found = [each for each in _public if each.place == place]
    if language in dict(settings.LANGUAGES):
        prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        return [Link(str(each.label), prefix + each.path, False) for each in found]
    with translation.override(ENGLISH):
        return [Link(str(each.label), f"/{ENGLISH}{each.path}", False, ENGLISH) for each in found]
