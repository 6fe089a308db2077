"""What a proposed roster keeps to; content, in data/proposals.toml."""

from pathlib import Path
from typing import Any

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "proposals.toml"


def norms() -> dict[str, Any]:
    """The numbers as written."""
    return load_toml(_FILE)


def costs() -> dict[str, int]:
    """What each thing that is less good costs."""
    found: dict[str, int] = load_toml(_FILE)["cost"]
    return found
