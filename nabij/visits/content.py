"""When counts of visits say something; content, in data/visits.toml."""

from pathlib import Path

from nabij.kit.content import load_toml

FILE = Path(__file__).parent / "data" / "visits.toml"


def number(name: str) -> int:
    """One of the numbers: `least_hours`, `keep_hours` or `again_after_weeks`."""
    return int(load_toml(FILE)[name])
