"""Reading who is on duty, and whether they may be."""

from nabij.rosters.queries.duties import (
    Note,
    PassedOver,
    duties_for,
    ids_on_duty,
    last_hand_overs,
    next_change,
    on_duty,
    own_duties,
    passed_over,
    plannable_people,
)
from nabij.rosters.queries.fitness import BrokenDuties, broken_duties, lacks_of
from nabij.rosters.queries.weeks import Day, week_of

__all__ = [
    "BrokenDuties", "Day", "Note", "PassedOver", "broken_duties", "duties_for", "ids_on_duty",
    "lacks_of", "last_hand_overs", "next_change", "on_duty", "own_duties", "passed_over", "plannable_people",
    "week_of",
]  # fmt: skip
