"""Duties, what is needed, and what people say about their days."""

from nabij.rosters.models.demand import WEEKDAYS, Demand, GapAlarm
from nabij.rosters.models.duties import Duty, HandOver, Seat
from nabij.rosters.models.people import Availability, Profile, Wish

__all__ = ["WEEKDAYS", "Availability", "Demand", "Duty", "GapAlarm", "HandOver", "Profile", "Seat", "Wish"]
