"""The own space of one person never shows somebody else of the family."""

from nabij.cases.factories import WEDNESDAY, make_case
from nabij.households.actions import mark_apart, write_tie
from nabij.own_space.queries import as_data


def test_the_own_space_of_one_never_shows_the_other(noordwest):
    elske = make_case("Elske Rademaker", helper=noordwest.member.ayla)
    joris = make_case("Joris Rademaker", helper=noordwest.member.daan)
    tie = write_tie(elske, joris.reference, "partner", is_same_house=True, by=noordwest.olaf, at=WEDNESDAY)
    assert tie is not None
    mark_apart(elske, tie, "Ruzie over geld", by=noordwest.olaf, at=WEDNESDAY)
    told = str(as_data(elske.person_id, WEDNESDAY))
    assert "Elske" in told
    for hidden in ("Joris", "Ruzie", joris.reference, str(joris.person_id)):
        assert hidden not in told
