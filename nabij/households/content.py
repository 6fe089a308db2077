"""Kinds of ties and who speaks for a child, from data/households.toml."""

from pathlib import Path

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "households.toml"
UNKNOWN = "unknown"


def kinds() -> list[tuple[str, str]]:
    """Every tie that can be chosen, as (code, text)."""
    return [(code, in_language(each)) for code, each in load_toml(_FILE)["kind"].items()]


def kind_name(code: str) -> str:
    """What a tie is called; one of an older list is called unknown."""
    told = load_toml(_FILE)
    return in_language(told["kind"].get(code, told["unknown"]))


def inverse(code: str) -> str:
    """How this tie reads from the other end."""
    return str(load_toml(_FILE)["kind"].get(code, {"inverse": UNKNOWN})["inverse"])


def speaks_for_child(code: str) -> bool:
    """Whether who has this tie to a child may be the one through whom it is reached."""
    return code in load_toml(_FILE)["guardians"]
