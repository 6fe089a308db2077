"""Everything that can happen to a case itself; what is done with the person lies in support."""

from nabij.cases.actions.assigning import (
    assign,
    follow_event,
    move_caseload,
    override_case_manager,
    reclassify,
    tell_tie,
)
from nabij.cases.actions.emergency import break_glass, review_emergency
from nabij.cases.actions.opening import Facts, pull_wishes, start_case
from nabij.cases.actions.protecting import acknowledge, agree_rule, change_level
from nabij.cases.actions.reaching import change_reach, renew_keys
from nabij.cases.actions.tasks import finish_task
from nabij.cases.actions.unsealing import open_address

__all__ = [
    "Facts", "acknowledge", "agree_rule", "assign", "break_glass", "change_level", "change_reach",
    "finish_task", "follow_event", "move_caseload", "open_address", "override_case_manager", "pull_wishes",
    "reclassify", "renew_keys", "review_emergency", "start_case", "tell_tie",
]  # fmt: skip
