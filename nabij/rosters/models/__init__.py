"""Duties, what is needed, swaps, and what people say about their days."""

from nabij.rosters.models.demand import WEEKDAYS, Demand, GapAlarm
from nabij.rosters.models.duties import Duty, HandOver, Seat
from nabij.rosters.models.people import Availability, Profile, Wish
from nabij.rosters.models.swaps import OPEN, RosterAgreement, Swap, SwapState

__all__ = [
    "OPEN", "WEEKDAYS", "Availability", "Demand", "Duty", "GapAlarm", "HandOver", "Profile",
    "RosterAgreement", "Seat", "Swap", "SwapState", "Wish",
]  # fmt: skip
