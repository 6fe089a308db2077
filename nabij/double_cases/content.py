"""How soon it is decided which case goes on, from data/double_cases.toml."""

from pathlib import Path

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "double_cases.toml"


def decide_within() -> int:
    """Working days within which the leader decides."""
    return int(load_toml(_FILE)["decide_within_working_days"])
