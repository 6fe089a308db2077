"""Reading rounds, doors and sums; and who may walk or was asked."""

from nabij.doors.queries.elsewhere import left_to_others, rounds_past
from nabij.doors.queries.people import (
    Candidate,
    ask_for,
    asks_at,
    asks_for,
    candidates_for,
    lacking_of,
    municipal_people,
    people_of,
    promised_people,
)
from nabij.doors.queries.rounds import (
    StreetSide,
    Sums,
    clocks_of_first_door,
    doors_at,
    doors_to_walk,
    key_of,
    not_reached,
    own_pair_in,
    pair_for,
    pairs_in,
    round_for,
    rounds_at,
    rounds_of_me,
    rounds_without_need_of_key,
    street_of,
    sums_at,
    sums_of,
    sums_over,
    wish_of_entry,
)

__all__ = [
    "Candidate", "StreetSide", "Sums", "ask_for", "asks_at", "asks_for", "candidates_for",
    "clocks_of_first_door", "doors_at", "doors_to_walk", "key_of", "lacking_of", "left_to_others",
    "municipal_people", "not_reached", "own_pair_in", "pair_for", "pairs_in", "people_of", "promised_people",
    "round_for", "rounds_at", "rounds_of_me", "rounds_past", "rounds_without_need_of_key",
    "street_of", "sums_at",
    "sums_of", "sums_over", "wish_of_entry",
]  # fmt: skip
