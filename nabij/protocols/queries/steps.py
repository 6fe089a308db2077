"""A plan as people read it: by phase, each step with who, when, on what condition and with which proof."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from nabij.protocols.lists import codes, in_dutch
from nabij.protocols.models import ChangeReason
from nabij.protocols.plan import Plan, Step
from nabij.protocols.wording import condition_in_words, due_in_words, owner_in_words, owners_in_words


@dataclass(frozen=True)
class StepLine:
    """One step in words; `reasons` say why it differs from what it was."""

    step: Step
    who: str
    helpers: str
    when: str
    condition: str
    proof: str
    texts: str
    is_on: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PhaseBlock:
    """The steps of one phase."""

    code: str
    name: str
    lines: list[StepLine]


def phases_of(
    plan: Plan, off: Collection[str] = (), reasons: Iterable[ChangeReason] = ()
) -> list[PhaseBlock]:
    """The phases that have steps, in order."""
    why: dict[str, list[str]] = defaultdict(list)
    for each in reasons:
        why[each.step_id].append(each.reason)
    lines = [step_line(step, plan, off, why[step.id]) for step in plan.steps]
    blocks = [
        PhaseBlock(code, in_dutch("phase", code), [line for line in lines if line.step.phase == code])
        for code in codes("phase")
    ]
    return [block for block in blocks if block.lines]


def step_line(step: Step, plan: Plan, off: Collection[str] = (), reasons: Collection[str] = ()) -> StepLine:
    """One step in words."""
    return StepLine(
        step=step,
        who=owner_in_words(step.owner),
        helpers=owners_in_words(step.helpers) if step.helpers else "",
        when=due_in_words(step.due),
        condition=condition_in_words(step.condition, plan) if step.condition else "",
        proof=in_dutch("proof", step.evidence.proof) if step.evidence.proof != "none" else "",
        texts=", ".join(in_dutch("template", each) for each in step.templates),
        is_on=step.id not in off,
        reasons=tuple(reasons),
    )
