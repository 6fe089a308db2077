"""Who asks, what they want, what we say and the term, from data/inquiries.toml."""

from pathlib import Path
from typing import Any

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "inquiries.toml"


def number(name: str) -> int:
    """A term or a limit by its name."""
    return int(load_toml(_FILE)[name])


def choices(of: str) -> list[tuple[str, str]]:
    """The askers, wishes or outcomes as (code, words)."""
    found: dict[str, Any] = load_toml(_FILE)[of]
    return [(code, in_language(row.get("label", row))) for code, row in found.items()]


def words(of: str, code: str) -> str:
    """One asker, wish or outcome in words."""
    return dict(choices(of))[code]


def answer_to(wish: str) -> str:
    """What we say to everybody who wants this, whether we know the person or not."""
    return in_language(load_toml(_FILE)["wish"][wish]["answer"])


def goes_to_officer(wish: str) -> bool:
    """Whether the data protection officer answers this in writing."""
    return bool(load_toml(_FILE)["wish"][wish]["to_officer"])
