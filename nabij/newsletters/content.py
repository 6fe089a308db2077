"""The words around SIS and the telephone script; content, in data/words.toml."""

from pathlib import Path
from typing import Any

from nabij.kit.content import load_toml

FILE = Path(__file__).parent / "data" / "words.toml"


def words(language: str) -> dict[str, str]:
    """The words in this language; Dutch when they are not written in it."""
    told: dict[str, Any] = load_toml(FILE)["words"]
    found: dict[str, str] = told.get(language, told["nl"])
    return found


def sis_number() -> str:
    """The number of SIS, for relatives of people who cannot tell themselves where they are."""
    return str(load_toml(FILE)["sis"]["number"])
