"""Words that no public text may carry lightly, in one place: every check names a list and adds its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nabij.kit.content import load_toml

FILE = Path(__file__).parent / "data" / "words.toml"


def forms_of(kind: Mapping[str, Any], key: str = "forms") -> list[str]:
    """The patterns of a kind of finding: those of the lists that it names, then its own."""
    lists = load_toml(FILE)["list"]
    shared = [form for name in kind.get("lists", []) for form in lists[name].get(key, [])]
    return [*shared, *kind.get(key, [])]
