"""Everything that can happen around a round from door to door."""

from nabij.doors.actions.asking import Asked, accept_ask, ask_people, withdraw_ask
from nabij.doors.actions.pairing import brief_pair, drop_pair, make_pair
from nabij.doors.actions.planning import Plan, close_round, plan_round, second_round
from nabij.doors.actions.walking import Told, choose_note, note_door
from nabij.doors.actions.wishing import Wish, forget_keys, hand_in_wish, hand_in_wish_openly, open_wish

__all__ = [
    "Asked", "Plan", "Told", "Wish", "accept_ask", "ask_people", "brief_pair", "choose_note", "close_round",
    "drop_pair", "forget_keys", "hand_in_wish", "hand_in_wish_openly", "make_pair", "note_door", "open_wish",
    "plan_round", "second_round", "withdraw_ask",
]  # fmt: skip
