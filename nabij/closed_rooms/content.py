"""Limits inside the closed part, and words that show the lines for danger, from data/closed_rooms.toml."""

import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from nabij.contact.doors import CallerKind, Door, DoorKey, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "closed_rooms.toml"


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def limit(name: str) -> int:
    """A number by its name: people, characters or days."""
    return int(_content()[name])


def _plain(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", bare.casefold())
    return f" {' '.join(words)} "


def tells_of_danger(text: str) -> bool:
    """Whether one of the listed words stands in it; this is never kept, and refuses nothing."""
    told = _plain(text)
    return any(_plain(each) in told for each in _content()["danger"]["words"])


def lifelines(at: datetime) -> list[Door]:
    """The lines for who is in danger, or thinks of ending their life, day and night."""
    language = (get_language() or "nl")[:2]
    found = doors_for(CallerKind.RESIDENT, Urgency.LIFE_IN_DANGER, at, opening_hours(), language)
    wanted = (DoorKey.EMERGENCY, DoorKey.CRISIS_LINE)
    return [each for each in (found.primary, *found.others) if each.key in wanted]
