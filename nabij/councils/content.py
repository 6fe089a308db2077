"""From when a council reads along, and how large it is; content, in data/council.toml."""

from pathlib import Path

from nabij.kit.content import load_toml

FILE = Path(__file__).parent / "data" / "council.toml"


def number(name: str) -> int:
    """One of the numbers: `first_day`, `fewest`, `most` or `most_characters`."""
    return int(load_toml(FILE)[name])
