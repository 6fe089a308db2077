"""Everything that can happen around the texts of a centre."""

from nabij.newsletters.actions.mailing import (
    begin_news,
    begin_withdrawal,
    carry_out_news,
    follow_registration,
    stop_news,
    try_news_again,
)
from nabij.newsletters.actions.placing import Where, decide_place
from nabij.newsletters.actions.switching import end_sis, start_sis

__all__ = [
    "Where", "begin_news", "begin_withdrawal", "carry_out_news", "decide_place", "end_sis",
    "follow_registration", "start_sis", "stop_news", "try_news_again",
]  # fmt: skip
