"""The page that says where each row of a centre is names only tests that exist."""

import re
from pathlib import Path

HOUSE = Path(__file__).parent.parent
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def test_every_test_that_the_page_names_exists():
    named = NAMED.findall((HOUSE / "docs" / "centre.md").read_text(encoding="utf-8"))
    assert len(named) > 40
    missing = [f"{file}::{test}" for file, test in named if not _exists(file, test)]
    assert missing == []


def _exists(file: str, test: str) -> bool:
    path = HOUSE / file if file.startswith("tests/") else HOUSE / "nabij" / file
    return path.is_file() and f"def {test}(" in path.read_text(encoding="utf-8")
