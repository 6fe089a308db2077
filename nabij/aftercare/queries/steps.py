"""What was written down of one step, in words."""

from nabij.accounts.queries import names_of
from nabij.aftercare.models import RunStep
from nabij.kit.notation import dutch_number
from nabij.protocols.plan import Asked


def proof_of(row: RunStep) -> list[tuple[str, str]]:
    """What was written down, as question and answer; empty when nothing was."""
    evidence = getattr(row, "evidence", None)
    if evidence is None:
        return []
    asked = {each.name: each for each in row.step.evidence.fields}
    return [
        (asked[name].label_nl if name in asked else name.replace("_", " "), _said(asked.get(name), value))
        for name, value in evidence.values.items()
    ]


def _said(asked: Asked | None, value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int):
        return dutch_number(value)
    labels = {each.code: each.label_nl for each in asked.choices} if asked else {}
    return labels.get(str(value), str(value))


def doer_of(row: RunStep) -> str:
    """Who did or skipped the step; "" for the house itself."""
    return names_of({row.done_by}).get(row.done_by, "") if row.done_by else ""
