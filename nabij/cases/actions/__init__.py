"""Everything that can happen to a case itself; what is done with the person lies in support."""

from nabij.cases.actions.assigning import (
    assign,
    move_caseload,
    override_case_manager,
    reclassify,
    tell_tie,
)
from nabij.cases.actions.emergency import break_glass, review_emergency
from nabij.cases.actions.opening import Facts, pull_wishes, start_case
from nabij.cases.actions.protecting import (
    Referral,
    acknowledge,
    agree_rule,
    change_level,
    decline_help,
    receive_referral,
    receive_update,
)
from nabij.cases.actions.tasks import finish_task
from nabij.cases.actions.unsealing import open_address

__all__ = [
    "Facts", "Referral", "acknowledge", "agree_rule", "assign", "break_glass", "change_level", "decline_help",
    "finish_task", "move_caseload", "open_address", "override_case_manager", "pull_wishes",
    "receive_referral", "receive_update", "reclassify", "review_emergency", "start_case", "tell_tie",
]  # fmt: skip
