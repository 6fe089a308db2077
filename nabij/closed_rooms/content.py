"""Limits inside the closed part, from data/closed_rooms.toml."""

from pathlib import Path
from typing import Any

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "closed_rooms.toml"


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def limit(name: str) -> int:
    """A number by its name: people, characters or days."""
    return int(_content()[name])
