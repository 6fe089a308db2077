"""What the municipality is told, from data/police.toml."""

from datetime import timedelta
from pathlib import Path

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "police.toml"


def is_told(topic: str) -> bool:
    """Whether the municipality hears how many people an event of this kind hit."""
    return topic in load_toml(_FILE)["told_of"]


def shown_for() -> timedelta:
    """How long an event stands on the desk of the municipality."""
    return timedelta(days=load_toml(_FILE)["days_shown"])


def most_shown() -> int:
    """How many events the desk shows."""
    return int(load_toml(_FILE)["most_shown"])
