"""How soon a message is answered and how long it may be, from data/conversations.toml."""

from pathlib import Path

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "conversations.toml"


def answered_within() -> int:
    """Within so many working days a message is answered."""
    return int(load_toml(_FILE)["answer_working_days"])


def longest() -> int:
    """So many characters at most in one message."""
    return int(load_toml(_FILE)["longest"])
