"""The examples library: seven worked protocols and a general one, and which of them an event starts."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from nabij.protocols.conditions import Value, parse
from nabij.protocols.plan import Plan
from nabij.protocols.reading import read_plan

GENERAL = "P-GEN"
_EXAMPLES = Path(__file__).parent / "data" / "examples"


@cache
def examples() -> Mapping[str, Plan]:
    """All example protocols by code, the general one last; raises PlanError when one is not sound."""
    plans = [
        read_plan(path.read_text(encoding="utf-8"), name=path.name)
        for path in sorted(_EXAMPLES.glob("p_*.toml"))
    ]
    plans.sort(key=lambda plan: plan.code == GENERAL)
    return MappingProxyType({plan.code: plan for plan in plans})


def starts(plan: Plan, topic: str, facts: Mapping[str, Value]) -> int:
    """How exactly an event starts this plan: 2 with a condition that holds, 1 without one, 0 not at all."""
    known = {**facts, "topic": topic}
    holding = [each for each in plan.starts if each.topic == topic and parse(each.condition).holds(known)]
    return max((2 if each.condition else 1 for each in holding), default=0)


def example_for(topic: str, facts: Mapping[str, Value]) -> Plan:
    """The example that this event starts: the most exact start that holds; the general one when none does."""
    best = max(examples().values(), key=lambda plan: starts(plan, topic, facts))
    return best if starts(best, topic, facts) else examples()[GENERAL]
