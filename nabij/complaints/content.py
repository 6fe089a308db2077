"""The clock of a complaint and where somebody can go next, from data/complaints.toml."""

from datetime import timedelta
from pathlib import Path

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "complaints.toml"


def answered_within() -> timedelta:
    """A complaint is answered within this time."""
    return timedelta(weeks=load_toml(_FILE)["weeks"])


def outside() -> str:
    """Where somebody can go who is not content with the answer."""
    return in_language(load_toml(_FILE)["outside"])
