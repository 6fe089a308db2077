"""Where plans and conditions come from: the one place that asks the protocols."""

import re
from collections.abc import Mapping
from uuid import UUID

from nabij.protocols.plan import Plan

Value = str | int | bool
_CLAUSE = re.compile(r"(not )?([a-z_]+|decision:[A-Z]{3}-\d{2}|topic)(?: (>=|<=|=|>|<) (\d+)| in (\S+))?")


def holds(condition: str, facts: Mapping[str, Value]) -> bool | None:
    """Whether the condition is true of these facts; None when that is not known yet."""
    said = [_holds(clause, facts) for clause in condition.split(" and ")] if condition else [True]
    if False in said:
        return False
    return None if None in said else True


def _holds(clause: str, facts: Mapping[str, Value]) -> bool | None:
    found = _CLAUSE.fullmatch(clause)
    if found is None or found[2] not in facts:
        return None
    value = facts[found[2]]
    if found[5]:
        return str(value) in found[5].split("|")
    if found[3]:
        number, asked = int(value), int(found[4])
        return {
            ">=": number >= asked, "<=": number <= asked, "=": number == asked, ">": number > asked,
            "<": number < asked,
        }[found[3]]  # fmt: skip
    return bool(value) != bool(found[1])


def in_words(condition: str) -> str:
    """The condition as a Dutch sentence."""
    return condition


def asks(condition: str) -> tuple[str, ...]:
    """The names of the facts that the condition needs."""
    return tuple(found[2] for found in map(_CLAUSE.fullmatch, condition.split(" and ")) if found)


def facts_of_proof(kind: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Which facts the numbers of a proof tell."""
    return {name: value for name, value in values.items() if isinstance(value, int)}


def label_of(fact: str) -> str:
    """A fact as a Dutch question."""
    return fact.replace("_", " ")


def plan_in_force(
    organisation_id: UUID, topic: str, facts: Mapping[str, Value]
) -> tuple[UUID, int, Plan] | None:
    """The version in force of the protocol that this event starts; None when the municipality has none."""
    return None


def example_for(topic: str, facts: Mapping[str, Value]) -> Plan | None:
    """The example of the protocol that this event starts."""
    return None


def is_number(fact: str) -> bool:
    """Whether the fact is told as a number; otherwise as yes or no."""
    return fact.startswith(("number_", "open_"))
