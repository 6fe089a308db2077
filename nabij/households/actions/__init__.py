"""Everything that can happen to the map of a family."""

from nabij.households.actions.checking import check_alert, check_case, compare_addresses, settle_conflict
from nabij.households.actions.separating import bring_together, judge_guardian, keep_apart, mark_apart
from nabij.households.actions.tying import decide_proposal, end_tie, write_tie

__all__ = [
    "bring_together", "check_alert", "check_case", "compare_addresses", "decide_proposal", "end_tie",
    "judge_guardian", "keep_apart", "mark_apart", "settle_conflict", "write_tie",
]  # fmt: skip
