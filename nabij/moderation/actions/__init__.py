"""Everything that moderators can do."""

from nabij.moderation.actions.deciding import (
    approve_post,
    note_follow_up,
    refuse_post,
    remove_post,
    settle_reports,
    silence_member,
    take_up,
)
from nabij.moderation.actions.expelling import ask_expulsion, decide_expulsion
from nabij.moderation.actions.shifts import drop_shift, enter_shift, skip_subjects

__all__ = [
    "approve_post", "ask_expulsion", "decide_expulsion", "drop_shift", "enter_shift", "note_follow_up",
    "refuse_post", "remove_post", "settle_reports", "silence_member", "skip_subjects", "take_up",
]  # fmt: skip
