"""Partners, outcomes and clocks of referral, from data/referrals.toml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "referrals.toml"


@dataclass(frozen=True)
class Partner:
    """Somebody to whom we refer: its column of the sharing matrix and what usually goes along."""

    key: str
    receiver: str
    name: str
    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    within_days: int = 0


def partners() -> dict[str, Partner]:
    """All partners by key."""
    return {each["key"]: _partner(each) for each in load_toml(_FILE)["partner"]}


def _partner(told: dict[str, Any]) -> Partner:
    name = in_language({"nl": told["nl"], "en": told["en"]})
    return Partner(
        told["key"], told["receiver"], name, tuple(told["topics"]), tuple(told["kinds"]),
        told.get("within_days", 0),
    )  # fmt: skip


def partners_for(topic: str) -> list[Partner]:
    """Partners, those for this kind of event first."""
    return sorted(partners().values(), key=lambda each: topic not in each.topics)


def _named(table: str) -> list[tuple[str, str]]:
    return [(code, in_language(names)) for code, names in load_toml(_FILE)[table].items()]


def outcomes() -> list[tuple[str, str]]:
    """How a referral can end, as (code, words)."""
    return _named("outcome")


def refusals() -> list[tuple[str, str]]:
    """Why a partner says no, as (code, words)."""
    return _named("refusal")


def term(name: str) -> int:
    """A clock or a number: answer_working_days, link_days, tries, check_partner_days or access_days."""
    return int(load_toml(_FILE)[name])
