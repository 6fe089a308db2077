"""Changing a roster, swaps, and what people say about their days."""

from nabij.rosters.actions.demand import end_demand, tell_of_near_gaps, tell_of_week, write_demand
from nabij.rosters.actions.duties import confirm_duty, enter_duty, hand_over, remind_of_duties, remove_duty
from nabij.rosters.actions.people import enter_days, remove_days, write_profile
from nabij.rosters.actions.swaps import (
    ask_swap,
    decide_swap,
    take_over_now,
    take_swap,
    undo_swap,
    withdraw_swap,
    write_agreement,
)

__all__ = [
    "ask_swap", "confirm_duty", "decide_swap", "end_demand", "enter_days", "enter_duty", "hand_over",
    "remind_of_duties", "remove_days", "remove_duty",
    "take_over_now", "take_swap", "tell_of_near_gaps", "tell_of_week", "undo_swap", "withdraw_swap",
    "write_agreement", "write_demand", "write_profile",
]  # fmt: skip
