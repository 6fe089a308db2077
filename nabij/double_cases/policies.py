"""Who hears that a person has two cases, and who decides: leaders, who never open more by it."""

from datetime import datetime

from nabij.audit.actor import Actor
from nabij.cases.models import Case
from nabij.cases.policies import can_lead, can_open, is_named_only
from nabij.double_cases.models import DoubleCase
from nabij.vulnerability.queries import levels_of


def can_hear(actor: Actor, row: DoubleCase, case: Case, at: datetime) -> bool:
    """The leader of this case; that there is another one at level 3, only who may open that one."""
    if case.pk not in (row.stays_id, row.folded_id) or not can_lead(actor, case, at):
        return False
    other = row.other_than(case.pk)
    is_hidden = is_named_only(levels_of([other.person_id]).get(other.person_id))
    return not is_hidden or can_open(actor, other, at)


def can_decide(actor: Actor, row: DoubleCase, case: Case, at: datetime) -> bool:
    """Keep them apart: a leader who hears of it, as long as nobody decided."""
    return row.is_open and can_hear(actor, row, case, at)


def can_end(actor: Actor, row: DoubleCase, ending: Case, at: datetime) -> bool:
    """Let the other one go on: who leads the one that ends and may open the other."""
    return can_decide(actor, row, ending, at) and can_open(actor, row.other_than(ending.pk), at)
