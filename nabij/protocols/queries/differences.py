"""What a version changed: since the example, since the version before it, and what the example changed."""

from dataclasses import dataclass
from datetime import datetime

from nabij.audit.actor import Actor
from nabij.protocols.comparing import Difference, differences
from nabij.protocols.examples import examples
from nabij.protocols.models import Version
from nabij.protocols.queries.versions import previous_of


@dataclass(frozen=True)
class Compared:
    """With what a version is compared, and what differs."""

    previous: Version | None
    since_example: list[Difference] | None
    since_previous: list[Difference] | None


@dataclass(frozen=True)
class ExampleChange:
    """One step (or "" for the protocol itself) that changed in the example, and whether we changed it too."""

    step_id: str
    lines: list[Difference]
    is_ours_too: bool


def differences_of(version: Version, actor: Actor, at: datetime) -> Compared:
    """Compared with the example of today and with the version in force before; None for what is not there."""
    example = examples().get(version.protocol.code)
    previous = previous_of(version, actor, at)
    plan = version.plan_in_use
    return Compared(
        previous=previous,
        since_example=differences(example, plan) if example else None,
        since_previous=differences(previous.plan_in_use, plan) if previous else None,
    )


def example_changes(version: Version) -> list[ExampleChange]:
    """What changed in the example since this version began from it, by step; empty when nothing did."""
    base, example = version.base_plan, examples().get(version.protocol.code)
    if base is None or example is None:
        return []
    ours = {each.step for each in differences(base, version.plan_in_use)}
    found = differences(base, example)
    ids = list(dict.fromkeys(each.step for each in found))
    return [
        ExampleChange(step_id, [each for each in found if each.step == step_id], step_id in ours)
        for step_id in ids
    ]
