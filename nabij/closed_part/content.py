"""Rules, reasons, questions and limits of the closed part, from data/closed_part.toml."""

import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from nabij.contact.doors import CallerKind, Door, DoorKey, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "closed_part.toml"


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def limit(name: str) -> int:
    """A number by its name: tries, codes, people, characters or days."""
    return int(_content()[name])


def relation_of(told: str) -> str:
    """As what somebody would be let in who told this when registering; empty when somebody must choose."""
    return str(_content()["relation"].get(told, ""))


def rules_version() -> str:
    """The version of the rules that holds now."""
    return str(_content()["rules"]["version"])


def rules() -> list[str]:
    """The rules in the language of who reads them now."""
    return [in_language(each) for each in _content()["rules"]["rule"]]


def questions() -> list[tuple[str, str]]:
    """What may be asked on the phone, as code and text."""
    return [(code, in_language(each)) for code, each in _content()["question"].items()]


def reasons() -> list[tuple[str, str]]:
    """Why somebody is not let in, as code and text for who decides."""
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    return [(code, each[f"staff_{language}"]) for code, each in _content()["reason"].items()]


def say_reason(code: str) -> str:
    """What who was not let in reads; a code of an older file gives the mildest text."""
    found = _content()["reason"]
    return in_language(found.get(code, found["unknown"]))


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
