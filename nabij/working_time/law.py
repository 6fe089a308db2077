"""The law as content: the rules per legal status, with their article; in data/law.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "law.toml"
PAID, VOLUNTEER = "paid", "volunteer"


@dataclass(frozen=True)
class LawRule:
    """One rule: how it is checked (`kind`, empty when it is not), its numbers, its article and its words."""

    code: str
    kind: str
    article: str
    words: Mapping[str, str]
    numbers: Mapping[str, Any]
    not_checked: str

    def __str__(self) -> str:
        return f"{in_language(dict(self.words))} ({self.article})"


@cache
def rules_of(status: str) -> tuple[LawRule, ...]:
    """All rules of a legal status (`PAID` or `VOLUNTEER`), as written; KeyError for any other."""
    texts = {"code", "kind", "article", "nl", "en", "not_checked"}
    return tuple(
        LawRule(
            code=row["code"],
            kind=row["kind"],
            article=row["article"],
            words={"nl": row["nl"], "en": row["en"]},
            numbers={name: value for name, value in row.items() if name not in texts},
            not_checked=row.get("not_checked", ""),
        )
        for row in load_toml(_FILE)["set"][status]
    )


def exception_choices() -> list[tuple[str, str]]:
    """The grounds on which a rule may be set aside, as choices of a form."""
    return [(code, in_language(words)) for code, words in load_toml(_FILE)["exception"].items()]


def announce_by(first_day: date) -> date:
    """The last day on which a roster that begins on `first_day` is announced in time."""
    days: int = load_toml(_FILE)["announce_days"]
    return first_day - timedelta(days=days)


def announce_article() -> str:
    """The article that asks to announce a roster."""
    article: str = load_toml(_FILE)["announce_article"]
    return article


def call_minutes() -> tuple[timedelta, timedelta]:
    """How long a call lasts at least, and how close two calls are for the time between to be work."""
    content = load_toml(_FILE)
    shortest, closer = content["shortest_call_minutes"], content["calls_closer_than_minutes"]
    return timedelta(minutes=shortest), timedelta(minutes=closer)
