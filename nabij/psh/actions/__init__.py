"""Everything that can happen in the PSH core team."""

from nabij.psh.actions.core_team import (
    appoint_contact,
    count_shelter,
    decide_advice,
    give_advice,
    plan_meeting,
    write_plan,
)
from nabij.psh.actions.staffing import (
    Asked,
    answer_offer,
    ask_staff,
    check_confirmed,
    offer_people,
    withdraw_request,
)

__all__ = [
    "Asked", "answer_offer", "appoint_contact", "ask_staff", "check_confirmed", "count_shelter",
    "decide_advice", "give_advice", "offer_people", "plan_meeting", "withdraw_request", "write_plan",
]  # fmt: skip
