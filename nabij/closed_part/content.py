"""Rules, reasons, questions and limits of the closed part, from data/closed_part.toml."""

from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "closed_part.toml"


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def limit(name: str) -> int:
    """A number by its name: tries or codes."""
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
