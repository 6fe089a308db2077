"""Who answers, what is counted, and the words around the answers: content, in data/meetings.toml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "meetings.toml"


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def owners() -> dict[str, str]:
    """Who can answer a question or do what was promised, by code, in the reader's language."""
    return {code: in_language(names) for code, names in _content()["owner"].items()}


def words() -> dict[str, str]:
    """What is counted without names, by code, in the reader's language."""
    return {code: in_language(names) for code, names in _content()["word"].items()}


def most(name: str) -> int:
    """The largest number that is taken: of people present, of helpers, of one step of a count."""
    return int(_content()[f"most_{name}"])


@dataclass(frozen=True)
class Frame:
    """The words around the answers: above, before and after them."""

    title: str
    opening: str
    closing: str


def frame(audience: str) -> Frame:
    """The words for this audience, in the reader's language."""
    told, closing = _content()["message"][audience], in_language(_content()["closing"])
    title, opening = ({"nl": told[f"{name}_nl"], "en": told[f"{name}_en"]} for name in ("title", "opening"))
    return Frame(in_language(title), in_language(opening), closing)
