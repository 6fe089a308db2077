"""Changing a roster, and what people say about their days."""

from nabij.rosters.actions.demand import end_demand, tell_of_near_gaps, tell_of_week, write_demand
from nabij.rosters.actions.duties import confirm_duty, enter_duty, hand_over, remind_of_duties, remove_duty
from nabij.rosters.actions.people import enter_days, remove_days, write_profile

__all__ = [
    "confirm_duty", "end_demand", "enter_days", "enter_duty", "hand_over", "remind_of_duties", "remove_days",
    "remove_duty", "tell_of_near_gaps", "tell_of_week", "write_demand", "write_profile",
]  # fmt: skip
