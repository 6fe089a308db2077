"""Ages, terms and what may be given, from data/acting.toml."""

from datetime import timedelta
from pathlib import Path

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "acting.toml"


def number(name: str) -> int:
    """An age or a limit by its name."""
    return int(load_toml(_FILE)[name])


def days(name: str) -> timedelta:
    """A term by its name."""
    return timedelta(days=load_toml(_FILE)[name])


def scope_of(kind: str, *, has_say: bool | None = None) -> list[str]:
    """What this kind of mandate lets somebody do; the rest does not exist for them."""
    return list(load_toml(_FILE)["scope"][f"{kind}_with_child" if has_say else kind])


def blocking_alerts() -> list[str]:
    """Alerts with which a guardian gets nothing."""
    return list(load_toml(_FILE)["blocking_alerts"])
