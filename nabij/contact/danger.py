"""Words by which somebody may tell of danger, and the lines that stand there at once; nothing is kept."""

import re
import unicodedata
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.utils.translation import get_language

from nabij.contact.doors import CallerKind, Door, DoorKey, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "danger.toml"


class Danger(StrEnum):
    """What kind of danger a word may tell of; the last only in a message to who helps, never in a group."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    TO_A_HELPER = "to_a_helper"


def plain_words(text: str) -> list[str]:
    """The words of a text without accents and capitals, so that spelling hides nothing."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", re.sub(r"['’ʼ]", "", bare).casefold().replace("ı", "i"))


def dangers_in(text: str) -> list[Danger]:
    """The kinds of danger of which a listed word stands in the text; it decides nothing about anybody."""
    told, listed = f" {' '.join(plain_words(text))} ", load_toml(_FILE)
    return [
        kind
        for kind in Danger
        if any(f" {' '.join(plain_words(each))} " in told for each in listed[kind.value]["words"])
    ]


def tells_of_danger(text: str) -> bool:
    """Whether a message to who helps tells of any danger; this is never kept, and refuses nothing."""
    return bool(dangers_in(text))


def lifelines(at: datetime) -> list[Door]:
    """The lines for who is in danger, or thinks of ending their life, day and night."""
    language = (get_language() or "nl")[:2]
    found = doors_for(CallerKind.RESIDENT, Urgency.LIFE_IN_DANGER, at, opening_hours(), language)
    wanted = (DoorKey.EMERGENCY, DoorKey.CRISIS_LINE)
    return [each for each in (found.primary, *found.others) if each.key in wanted]
