"""Everything that can happen with meetings and counts."""

from nabij.meetings.actions.answering import (
    answer_question,
    drop_question,
    publish_answers,
    write_question,
)
from nabij.meetings.actions.counting import count
from nabij.meetings.actions.following import keep_promise, promise_follow_up
from nabij.meetings.actions.offering import offer_to_centre
from nabij.meetings.actions.planning import (
    Planned,
    Promise,
    ask_support,
    cancel_meeting,
    count_present,
    plan_meeting,
    promise_support,
)

__all__ = [
    "Planned", "Promise", "answer_question", "ask_support", "cancel_meeting", "count", "count_present",
    "drop_question", "keep_promise", "offer_to_centre", "plan_meeting", "promise_follow_up",
    "promise_support", "publish_answers", "write_question",
]  # fmt: skip
