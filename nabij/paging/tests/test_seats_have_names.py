"""Every chair of every kind of page has a name that a reader understands."""

import pytest

from nabij.kit.content import ContentError
from nabij.paging import ladders


def test_every_seat_of_every_ladder_has_a_name():
    seats = {step.seat for kind in ladders._content().values() for step in kind.steps}
    assert {"coordinator", "desk_lead", "group_moderator", "control_room"} <= seats
    for seat in seats:
        assert ladders.seat_name(seat) not in ("", seat)


def test_a_seat_that_no_file_names_is_an_error_of_the_content():
    with pytest.raises(ContentError, match="no seat"):
        ladders.seat_name("zomaar")
