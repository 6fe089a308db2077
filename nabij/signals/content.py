"""Subjects, routes and the smallest number that is shown, from data/signals.toml."""

import re
from pathlib import Path

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "signals.toml"
# what points at one person: a number of many digits, an address of mail, or a title with a name
_NAMED = re.compile(r"\d[\d\s.-]{6,}\d|\S@\S|\b([Mm]evr(ouw)?|[Mm]eneer|[Dd]hr|[Hh]eer)\b\.?\s+[A-Z]")


def subjects() -> list[tuple[str, str]]:
    """What a signal can be about, as (code, words)."""
    return [(code, in_language(names)) for code, names in load_toml(_FILE)["subject"].items()]


def routes() -> list[tuple[str, str]]:
    """What can be done, as (code, words)."""
    return [(code, in_language(names)) for code, names in load_toml(_FILE)["route"].items()]


def consent_text() -> str:
    """The version of the text to which somebody says yes."""
    return str(load_toml(_FILE)["consent_text"])


def points_at_somebody(text: str) -> bool:
    """Whether a text seems to name or number one person."""
    return bool(_NAMED.search(text))


def shown_number(number: int | None) -> str:
    """A count as the municipality reads it: below ten only that (vulnerability §7)."""
    smallest = int(load_toml(_FILE)["smallest_shown"])
    if number is None:
        return ""
    return f"<{smallest}" if number < smallest else str(number)
