"""The templates T-…, what can be filled in, and the words around a text: content, in data/."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nabij.contact.doors import DoorKey, phone_of, site_of
from nabij.kit.content import ContentError, in_language, load_toml
from nabij.kit.emergency import emergency_numbers

DATA = Path(__file__).parent / "data"
ORDER = (
    "T-FLY-EXP", "T-FLY-ROB", "T-FLY-BUR", "T-FLY-BIZ", "T-FLY-ONL", "T-LET-RES", "T-LET-PAR", "T-INV-MEET",
    "T-PRESS-HOLD", "T-WISH", "T-REF", "T-AGENDA", "T-DOOR", "T-CALL", "T-EVAL", "T-HAND", "T-STAFF", "T-REG",
    "T-REC",
)  # fmt: skip
KINDS = ("flyer", "letter", "list", "script", "form")
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True)
class Words:
    """A text in one language: its title and its body, in the small markup of `markup.py`."""

    title: str
    body: str


@dataclass(frozen=True)
class Template:
    """One template (sjabloon): its code, what it is, its paper, what is filled in, and its texts."""

    code: str
    kind: str
    paper: str
    is_for_residents: bool
    fields: tuple[str, ...]
    names: Mapping[str, str]
    texts: Mapping[str, Words]

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        return in_language(dict(self.names))


@cache
def templates() -> dict[str, Template]:
    """All templates by code, in their order; raises ContentError when a file is not right."""
    return {
        code: read_template(DATA / "templates" / f"{code.lower().replace('-', '_')}.toml") for code in ORDER
    }


def read_template(path: Path) -> Template:
    """The template in this file; raises ContentError when something in it is not known."""
    told = load_toml(path)
    unknown = set(told["fields"]) - set(field_facts())
    if unknown or told["kind"] not in KINDS or told["paper"] not in ("A4", "A5") or "nl" not in told["text"]:
        raise ContentError(f"{path.name}: kind, paper, text.nl or fields {sorted(unknown)}")
    return Template(
        code=told["code"],
        kind=told["kind"],
        paper=told["paper"],
        is_for_residents=told["is_for_residents"],
        fields=tuple(told["fields"]),
        names=told["name"],
        texts={language: _words(told["kind"], language, text) for language, text in told["text"].items()},
    )


def _words(kind: str, language: str, text: Mapping[str, str]) -> Words:
    """The text; in a flyer what every flyer says comes along, the own tips in their place."""
    parts = [text["body"]]
    if kind == "flyer":
        shared = load_toml(DATA / "flyer.toml")
        own = {"own": {language: text["own"]}}
        parts += [(shared["part"] | own)[name][language] for name in shared["order"]]
    return Words(text["title"].strip(), "\n\n".join(part.strip() for part in parts))


def field_facts() -> dict[str, dict[str, str]]:
    """What can be filled in, by its word: kind, label and hint."""
    facts: dict[str, dict[str, str]] = load_toml(DATA / "fields.toml")["field"]
    return facts


def automatic_words() -> frozenset[str]:
    """The words in braces that Nabij fills in itself."""
    return frozenset(load_toml(DATA / "fields.toml")["automatic"])


def field_label(word: str) -> str:
    """What a field is called, in the reader's language."""
    return in_language(field_facts()[word])


def field_hint(word: str) -> str:
    """What to mind with a field, in the reader's language; empty when nothing."""
    facts = field_facts()[word]
    hints = {key.removeprefix("hint_"): value for key, value in facts.items() if key.startswith("hint_")}
    return in_language(hints) if hints else ""


def letters_per_bundle() -> int:
    """How many letters stand in one PDF."""
    return int(load_toml(DATA / "letters.toml")["per_bundle"])


def phones() -> dict[str, str]:
    """The numbers that a text names by a word in braces."""
    lines = {line.key: line.number for line in emergency_numbers()}
    return {
        "alarm": lines["112"],
        "crisis": lines["113"],
        "support": phone_of(DoorKey.PUBLIC_LINE),
        **load_toml(DATA / "phones.toml")["phone"],
    }


def known_numbers() -> frozenset[str]:
    """Every number that may stand in a text, digits only."""
    lines = [line.number for line in emergency_numbers()]
    further = load_toml(DATA / "phones.toml")["known"].values()
    return frozenset(
        "".join(filter(str.isdigit, number)) for number in (*phones().values(), *lines, *further)
    )


def languages() -> dict[str, str]:
    """The languages of flyers and letters, each in its own name."""
    found: dict[str, str] = load_toml(DATA / "words.toml")["languages"]
    return found


def word(key: str, language: str) -> str:
    """A word that Nabij prints around a text."""
    told: dict[str, Any] = load_toml(DATA / "words.toml")["word"][key]
    return str(told.get(language, told["nl"]))


def support_site() -> str:
    """Where the QR code leads when the municipality named no page: the site of victim support."""
    return site_of(DoorKey.PUBLIC_SITE)
