"""What is different between two protocols, step by step and field by field, in Dutch words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from nabij.protocols.lists import in_dutch
from nabij.protocols.plan import Plan, Step
from nabij.protocols.wording import (
    condition_in_words,
    due_in_words,
    evidence_in_words,
    owner_in_words,
    owners_in_words,
    start_in_words,
    step_in_words,
)

_OF_PLAN = ("title_nl", "owner_org", "approved_by", "starts", "needs_decision")
_OF_STEP = (
    "title_nl", "phase", "owner", "helpers", "due", "condition", "evidence", "templates", "person",
    "is_urgent", "is_optional", "skip_needs_reason", "explanation_nl",
)  # fmt: skip
_NOTHING = "niets"


@dataclass(frozen=True)
class Difference:
    """One thing that differs: `step` is "" for the protocol itself, `field` "" for a whole step."""

    kind: Literal["added", "dropped", "changed"]
    step: str
    field: str
    before: str
    after: str

    @property
    def field_nl(self) -> str:
        """What the field is called."""
        return in_dutch("field", self.field)


def differences(old: Plan, new: Plan) -> list[Difference]:
    """Everything that differs, in the order of the new plan; version, day and source of the text are none."""
    before, after = {step.id: step for step in old.steps}, {step.id: step for step in new.steps}
    found = _changed("", old, new, _OF_PLAN, old, new)
    for step_id, step in after.items():
        if step_id not in before:
            found.append(Difference("added", step_id, "", "", step_in_words(step)))
        else:
            found += _changed(step_id, before[step_id], step, _OF_STEP, old, new)
    found += [
        Difference("dropped", step_id, "", step_in_words(step), "")
        for step_id, step in before.items()
        if step_id not in after
    ]
    both = [[each for each in ids if each in before and each in after] for ids in (before, after)]
    if both[0] != both[1]:
        found.append(Difference("changed", "", "order", ", ".join(both[0]), ", ".join(both[1])))
    return found


def _changed(
    step: str, old: Plan | Step, new: Plan | Step, fields: tuple[str, ...], before: Plan, after: Plan
) -> list[Difference]:
    found = []
    for name in fields:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            found.append(Difference("changed", step, name, _said(name, was, before), _said(name, now, after)))
    return found


def _said(field: str, value: Any, plan: Plan) -> str:
    """The value of a field as people read it."""
    said: dict[str, Callable[[Any], str]] = {
        "owner": owner_in_words,
        "helpers": owners_in_words,
        "due": due_in_words,
        "evidence": evidence_in_words,
        "condition": lambda text: condition_in_words(text, plan),
        "owner_org": lambda code: in_dutch("org", code),
        "phase": lambda code: in_dutch("phase", code),
        "person": lambda code: in_dutch("person", code) or _NOTHING,
        "approved_by": lambda found: ", ".join(in_dutch("org", each) for each in found),
        "templates": lambda found: ", ".join(in_dutch("template", each) for each in found) or _NOTHING,
        "starts": lambda found: "; ".join(map(start_in_words, found)) or _NOTHING,
    }
    if field in said:
        return said[field](value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value) or _NOTHING
