"""The words around SIS, the telephone script, the place, the print and the news; content, in data/."""

from pathlib import Path
from typing import Any

from nabij.kit.content import load_toml

DATA = Path(__file__).parent / "data"
FILE = DATA / "words.toml"


def words(language: str) -> dict[str, str]:
    """The words in this language; Dutch when they are not written in it."""
    return _of("words.toml", "words", language)


def place_words(language: str) -> dict[str, str]:
    """How one says in this language where a centre is; Dutch when nobody wrote it."""
    return _of("places.toml", "words", language)


def print_words(language: str) -> dict[str, str]:
    """What stands around the texts on paper, in this language; Dutch when nobody wrote it."""
    return _of("print.toml", "words", language)


def stop_words(language: str) -> dict[str, str]:
    """The page on which one ends the news, in this language; Dutch when nobody wrote it."""
    return _of("news.toml", "words", language)


def _of(name: str, table: str, language: str) -> dict[str, str]:
    told: dict[str, Any] = load_toml(DATA / name)[table]
    found: dict[str, str] = told.get(language, told["nl"])
    return found


def sis_number() -> str:
    """The number of SIS, for relatives of people who cannot tell themselves where they are."""
    return str(load_toml(FILE)["sis"]["number"])


def news_batch() -> int:
    """How many mails are written in one transaction."""
    return int(load_toml(DATA / "news.toml")["batch"])


def print_limits() -> dict[str, int]:
    """How much fits on one sheet of A4: how many messages, characters of each, and of a line at least."""
    found: dict[str, int] = load_toml(DATA / "print.toml")["sheet"]
    return found


def print_sections() -> dict[str, int]:
    """The sections of the page that stand on the sheet, and how many characters of each."""
    found: dict[str, int] = load_toml(DATA / "print.toml")["section"]
    return found
