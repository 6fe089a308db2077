"""Terms and limits of shared knowledge: content, in data/knowledge.toml."""

from datetime import date, timedelta
from pathlib import Path

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "knowledge.toml"
ARTICLE, BRIEFING, DOOR = "article_days", "briefing_days", "door_days"


def oldest(term: str, today: date) -> date:
    """What was last done before this day is too long ago."""
    return today - timedelta(days=load_toml(_FILE)["term"][term])


def most(what: str) -> int:
    """How many letters of a text fit, or how many rows a list shows."""
    return int(load_toml(_FILE)["most"][what])
