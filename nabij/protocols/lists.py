"""The closed lists behind a protocol: facts, roles, and words for organisations, phases, proof and fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from nabij.kit.content import load_toml

_DATA = Path(__file__).parent / "data"
Table = Literal["org", "phase", "proof", "person", "template", "field"]


@dataclass(frozen=True)
class Fact:
    """Something a condition may ask: its kind, where it comes from, and how it is asked and said in Dutch.

    `source` is "incident" (known there), "told" (somebody says it during the run) or "proof" (the number
    `number` of a proof of kind `proof`).
    """

    name: str
    kind: Literal["yes_no", "number", "choice", "topic"]
    source: Literal["incident", "told", "proof"]
    ask_nl: str
    yes_nl: str
    no_nl: str = ""
    proof: str = ""
    number: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RoleWord:
    """Who does a step: its Dutch name, the kinds of organisations it works for, and who ticks it here."""

    word: str
    nl: str
    orgs: tuple[str, ...]
    platform: tuple[str, ...]


@cache
def facts() -> Mapping[str, Fact]:
    """All facts by name, in the order of the content file."""
    found = {}
    for name, row in load_toml(_DATA / "facts.toml")["fact"].items():
        given: dict[str, Any] = {key: value for key, value in row.items() if key != "from"}
        found[name] = Fact(name=name, source=row["from"], **given)
    return MappingProxyType(found)


@cache
def roles() -> Mapping[str, RoleWord]:
    """All role words of protocols, by word."""
    rows = load_toml(_DATA / "roles.toml")["role"].items()
    return MappingProxyType(
        {word: RoleWord(word, row["nl"], tuple(row["orgs"]), tuple(row["platform"])) for word, row in rows}
    )


def codes(table: Table) -> tuple[str, ...]:
    """The codes of one list, in the order of the content file."""
    return tuple(load_toml(_DATA / "words.toml")[table])


def in_dutch(table: Table, code: str) -> str:
    """The Dutch words for a code; the code itself when the list does not have it."""
    row = load_toml(_DATA / "words.toml")[table].get(code)
    return str(row["nl"]) if row else code


def role_in_dutch(word: str) -> str:
    """What a role word of a protocol is called; the word itself when it is not in the list."""
    return roles()[word].nl if word in roles() else word


def platform_kind(org: str) -> str:
    """The kind of organisation on this platform; "" when such organisations are not on it."""
    return str(load_toml(_DATA / "words.toml")["org"][org]["kind"])


def asks_who(label: str) -> bool:
    """Whether the label of a text field asks who somebody is: that is never written down in a protocol."""
    parts = load_toml(_DATA / "words.toml")["never_asked"]["parts"]
    return any(part in label.casefold() for part in parts)
