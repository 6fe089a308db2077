"""Everything that can happen at a reception."""

from nabij.reception.actions.access import follow_deployment
from nabij.reception.actions.arranging import agree_presence, close_place, open_place, write_talk
from nabij.reception.actions.receiving import Answers, count_one, meet_need, take_back_card, write_card

__all__ = [
    "Answers", "agree_presence", "close_place", "count_one", "follow_deployment", "meet_need",
    "open_place", "take_back_card", "write_card", "write_talk",
]  # fmt: skip
