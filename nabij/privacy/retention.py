"""Retention terms as content: how long each kind of data is kept, counted from which moment."""

from dataclasses import dataclass
from pathlib import Path

from nabij.kit.content import ContentError, load_toml

FILE = Path(__file__).parent / "data" / "retention.toml"
UNITS = ("days", "weeks", "months", "years")


@dataclass(frozen=True)
class Term:
    """How long one kind of data is kept (bewaartermijn), and what still has to be decided about it."""

    kind: str
    label: str
    purpose: str
    amount: int
    unit: str
    starts: str
    then: str
    source: str
    needs_decision: bool


def terms() -> list[Term]:
    """All retention terms; raises ContentError when one names no known unit."""
    found = [Term(**each) for each in load_toml(FILE)["term"]]
    for term in found:
        if term.unit not in UNITS or term.amount < 1:
            raise ContentError(f"{FILE.name}: term `{term.kind}` needs an amount and a unit of {UNITS}")
    return found


def term_for(kind: str) -> Term:
    """The term of this kind of data; raises ContentError for a kind that the content does not know."""
    for term in terms():
        if term.kind == kind:
            return term
    raise ContentError(f"{FILE.name}: no term for `{kind}`")
