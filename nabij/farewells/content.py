"""What somebody says yes to who wants to go on after the group, from data/farewells.toml."""

from pathlib import Path
from typing import Any

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "farewells.toml"


def _content() -> dict[str, Any]:
    return load_toml(_FILE)


def consent_version() -> str:
    """The version of the text that is asked now."""
    return str(_content()["version"])


def consent_text() -> str:
    """The text in the language of who reads it now."""
    return in_language(_content()["consent"])
