"""Hours, numbers and texts of going from door to door: content, in data/doors.toml."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "doors.toml"


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def number_of(name: str) -> int:
    """One of the numbers of the content file."""
    return int(_content()[name])


def first_door_within() -> timedelta:
    """How long after the event the first door is rung at the latest."""
    return timedelta(hours=number_of("first_door_within_hours"))


def key_lasts() -> timedelta:
    """How long after a round a phone that comes back late can still hand in."""
    return timedelta(days=number_of("key_days"))


def supporter_tasks() -> list[str]:
    """Who goes for victim support is certified for one of these tasks."""
    return list(_content()["supporter_tasks"])


def flyer_outcomes() -> list[str]:
    """With these outcomes the household has our flyer."""
    return [code for code, has_flyer in _content()["flyer"].items() if has_flyer]


def briefing_points() -> dict[str, str]:
    """What a pair checks before it goes, by code, in the reader's language."""
    return {code: in_language(names) for code, names in _content()["briefing"].items()}


def consent_text() -> str:
    """What is read aloud before a wish for contact is written down."""
    return in_language(_content()["consent"])


def consent_version() -> str:
    """The version of that text, kept with each wish."""
    return str(_content()["consent"]["version"])


def counted(number: int, *, exact: bool) -> str:
    """The number; for who does not help these people a small one is hidden, and nought is nought."""
    limit = number_of("hidden_below")
    if exact or number == 0 or number >= limit:
        return str(number)
    return gettext("minder dan %(limit)s") % {"limit": limit}
