"""Where plans and conditions come from: the one place that asks the protocols."""

from collections.abc import Mapping
from uuid import UUID

from nabij.protocols import examples
from nabij.protocols.conditions import Value, parse
from nabij.protocols.lists import codes, facts, in_dutch, role_in_dutch, roles
from nabij.protocols.models import Version
from nabij.protocols.plan import Plan, Step
from nabij.protocols.queries import plan_for

__all__ = ["Value"]


def holds(condition: str, known: Mapping[str, Value]) -> bool | None:
    """Whether the condition is true of these facts; None when that is not known yet."""
    return parse(condition).holds(known)


def in_words(step: Step, plan: Plan) -> str:
    """On what condition a step is done, in Dutch; "" when it always is."""
    return parse(step.condition).in_words(plan.answers()) if step.condition else ""


def asks(condition: str) -> tuple[str, ...]:
    """The names of the facts that the condition needs."""
    return parse(condition).asks()


def facts_of_proof(kind: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Which facts follow from a proof of this kind: its numbers, and what was asked by a fact's name."""
    found = {name: value for name, value in values.items() if name in asked_of_people()}
    counted = {
        fact.name: values[fact.number]
        for fact in facts().values()
        if fact.source == "proof" and fact.proof == kind and fact.number in values
    }
    return found | counted


def asked_of_people() -> list[str]:
    """The facts that somebody tells during a run, in the order of the list."""
    return [name for name, fact in facts().items() if fact.source != "incident"]


def question_of(fact: str) -> str:
    """A fact as it is asked."""
    return facts()[fact].ask_nl


def kind_of(fact: str) -> str:
    """How a fact is told: "yes_no", "number" or "choice"."""
    return facts()[fact].kind


def choices_of(fact: str) -> list[tuple[str, str]]:
    """What can be chosen when the fact is a choice."""
    return list(facts()[fact].choices.items())


def phases() -> dict[str, str]:
    """The phases of a plan in order, in Dutch."""
    return {code: in_dutch("phase", code) for code in codes("phase")}


def orgs() -> list[tuple[str, str]]:
    """All organisations of a plan with their words, to choose from."""
    return [(code, in_dutch("org", code)) for code in codes("org")]


def carried_out_by(role: str) -> tuple[str, ...]:
    """Which roles of this platform carry out a role word of a plan."""
    return roles()[role].platform if role in roles() else ()


def org_in_words(org: str) -> str:
    """An organisation of a plan in Dutch."""
    return in_dutch("org", org)


def role_in_words(role: str) -> str:
    """A role of a plan in Dutch."""
    return role_in_dutch(role)


def plan_of(
    organisation_id: UUID | None, topic: str, known: Mapping[str, Value]
) -> tuple[Version | None, Plan]:
    """What the municipality has in force for this event; otherwise the example, and no version."""
    if organisation_id is None:
        return None, examples.example_for(topic, known)
    return plan_for(organisation_id, topic, known)
