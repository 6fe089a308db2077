"""Kinds and sizes of documents, from data/documents.toml."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from nabij.documents.rewriting import Limits
from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "documents.toml"
FORM_AROUND = 100_000  # bytes of the form around the file


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def kinds() -> list[tuple[str, str]]:
    """What a document can be, in the language of who reads it now."""
    return [(key, in_language(names)) for key, names in _content()["kinds"].items()]


def kind_in_words(kind: str) -> str:
    """The word for this kind; of a kind that the content no longer knows the last one counts."""
    return dict(kinds()).get(kind, kinds()[-1][1])


def limits() -> Limits:
    """How large a file may be, and how it is written anew."""
    told = _content()
    return Limits(**{name: int(told[name]) for name in Limits.__dataclass_fields__})


def most_at_once() -> int:
    """How many files are written anew at once in one installation."""
    return int(_content()["most_at_once"])


def longest_wait() -> float:
    """How many seconds somebody waits for a turn."""
    return float(_content()["longest_wait"])


def largest_form() -> int:
    """The most bytes of a form with one file."""
    return limits().largest_file + FORM_AROUND


def largest_case() -> int:
    """The most bytes that the documents of one case hold together."""
    return int(_content()["largest_case"])


def read_within() -> timedelta:
    """A helper looks at what the person sent within this time."""
    return timedelta(hours=_content()["read_within_hours"])
