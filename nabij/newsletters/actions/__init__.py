"""Everything that can happen around the texts of a centre."""

from nabij.newsletters.actions.adding import add_language, offer_answer
from nabij.newsletters.actions.mailing import (
    begin_latest_news,
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
    "Where", "add_language", "begin_latest_news", "begin_news", "begin_withdrawal", "carry_out_news",
    "decide_place", "end_sis", "follow_registration", "offer_answer", "start_sis", "stop_news",
    "try_news_again",
]  # fmt: skip
