"""Messages to many, the words of a letter and the limits, from data/bulk.toml."""

from pathlib import Path
from typing import Any

from nabij.kit.content import in_language, load_toml

DATA = Path(__file__).parent / "data"


def _all() -> dict[str, Any]:
    return load_toml(DATA / "bulk.toml")


def number(name: str) -> int:
    """A limit by its name."""
    return int(_all()[name])


def messages() -> list[tuple[str, str]]:
    """The messages that can go to many, as (template, name)."""
    return [(key, in_language(each)) for key, each in _all()["message"].items()]


def values_of(message: str) -> list[str]:
    """Which values of a message somebody fills in."""
    return list(_all()["message"][message]["values"])


def word(name: str, language: str) -> str:
    """A sentence of a letter on paper, in the language of who reads it; Dutch when nobody wrote it."""
    told = _all()["letter"][name]
    return str(told.get(language, told["nl"]))


def reason_in_words(code: str) -> str:
    """Why something was not done for somebody."""
    return in_language(_all()["reason"][code])


def paragraphs_of(text: str) -> list[str]:
    """A letter as its paragraphs, which an empty line parts."""
    return [" ".join(each.split()) for each in text.replace("\r", "").split("\n\n") if each.strip()]
