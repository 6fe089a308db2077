"""What can happen at the desk."""

from nabij.desk.actions.grouping import put_together, take_apart
from nabij.desk.actions.late import tell_late
from nabij.desk.actions.merging import give_needs_back, take_needs_along
from nabij.desk.actions.needs_made import follow_change, follow_withdrawal, make_needs
from nabij.desk.actions.owning import (
    end_need,
    give_back,
    give_need,
    own_by_page,
    pass_need,
    take_again,
    take_need,
)
from nabij.desk.actions.questions import (
    answer_question,
    ask_same,
    note_question,
    offer_question,
    route_question,
)
from nabij.desk.actions.registering import enter_paper, register_by_phone

__all__ = [
    "answer_question", "ask_same", "end_need", "enter_paper", "follow_change",
    "follow_withdrawal", "give_back", "give_need", "give_needs_back", "make_needs", "note_question",
    "offer_question", "own_by_page", "pass_need", "put_together", "register_by_phone", "route_question",
    "take_again", "take_apart", "take_need", "take_needs_along", "tell_late",
]  # fmt: skip
