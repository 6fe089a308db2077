"""Content files: facts say where they come from and when somebody looked."""

import tomllib
from datetime import date

from tests.house.tree import HOUSE, show


def without_source() -> list[str]:
    """TOML files without `checked_on` (a date) or `source`; tables (CSV) without a comment that says both."""
    found = []
    for path in sorted(HOUSE.rglob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            found.append(f"{show(path)}: {error}")
            continue
        if not isinstance(content.get("checked_on"), date) or not content.get("source"):
            found.append(show(path))
    for path in sorted(HOUSE.rglob("*.csv")):
        head = [line for line in path.read_text(encoding="utf-8").splitlines()[:10] if line.startswith("#")]
        if not ("checked_on" in "".join(head) and "source" in "".join(head)):
            found.append(show(path))
    return found
