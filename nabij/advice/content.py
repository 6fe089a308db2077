"""Terms, partners and callers: content, in data/advice.toml."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from nabij.contact.working_days import ends_on, from_day_on, is_working_day, working_days_after
from nabij.kit.clock import local
from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "advice.toml"


def most(what: str) -> int:
    """How many letters of a text fit, or how many rows a list shows."""
    return int(load_toml(_FILE)["most"][what])


def choices(of: str) -> list[tuple[str, str]]:
    """Urgencies, partners or callers as (code, name)."""
    return [(each["code"], in_language(each)) for each in load_toml(_FILE)[of]]


def in_words(of: str, code: str) -> str:
    """The name behind a code; the code itself when the content no longer knows it."""
    return dict(choices(of)).get(code, code)


def partners() -> list[str]:
    """The codes of who is told at an event, in order."""
    return [each["code"] for each in load_toml(_FILE)["partner"]]


def partner_of(organisation_kind: str) -> str:
    """Which partner of the list somebody works for; empty when none."""
    rows = load_toml(_FILE)["partner"]
    found = (each["code"] for each in rows if each.get("works_at") == organisation_kind)
    return next(found, "")


def receipt_term() -> timedelta:
    """How long a partner that was told may be silent."""
    return timedelta(minutes=load_toml(_FILE)["receipt"]["minutes"])


def due_at(urgency: str, at: datetime) -> datetime:
    """When the answer must be there; raises KeyError for an urgency that does not exist."""
    found: dict[str, dict[str, Any]] = {each["code"]: each for each in load_toml(_FILE)["urgency"]}
    rule, asked = found[urgency], local(at)
    last: time = rule["last_hour"]
    number: int = rule["working_days"]
    if is_working_day(asked.date()) and asked.time() <= last:
        return working_days_after(at, number)
    first = working_days_after(at, 1) if is_working_day(asked.date()) else ends_on(from_day_on(asked.date()))
    return working_days_after(first, number)


def name_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that stand before a name, and words with a capital that are no name of a person."""
    found = load_toml(_FILE)["names"]
    return frozenset(found["titles"]), frozenset(found["no_names"])
