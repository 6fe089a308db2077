"""Two registrations of one person at the door: no entry is lost by a merge, and none is won."""

from datetime import timedelta

import pytest

from nabij.closed_part.factories import EVENING, make_asker, make_insider, person_of
from nabij.closed_part.models import Verification
from nabij.closed_part.policies import entries_visible_to
from nabij.closed_part.queries.doubles import objection_of_entry
from nabij.matching.actions.merging import HeldBack, merge_pair, undo_merge
from nabij.matching.models import PossibleDouble

AT = EVENING + timedelta(hours=1)


def _pair(door, one, other):
    first, second = sorted((one, other), key=lambda each: each.pk)
    return PossibleDouble.objects.create(
        incident=door.incident, first=first, second=second, score=9, found_at=AT
    )


def _merge(door, kept, folded):
    return merge_pair(_pair(door, kept, folded), kept.pk, {}, by=door.rosa, at=AT)


def _insider(door, relation="bereaved"):
    return make_insider(door.centre, relation=relation, by=door.rosa).registration


def _is_in(registration):
    rows = Verification.objects.filter(entries_visible_to(person_of(registration), AT))
    return rows.filter(registration=registration).exists()


def test_who_is_let_in_stays_and_keeps_their_entry(door):
    inside, waiting = _insider(door), make_asker(door.centre)
    with pytest.raises(HeldBack, match="Laat de andere staan"):
        _merge(door, waiting, inside)
    PossibleDouble.objects.all().delete()
    _merge(door, inside, waiting)
    assert _is_in(inside)
    assert not _is_in(waiting)


def test_of_two_who_are_in_the_one_that_stays_is_in_and_the_other_comes_back(door):
    kept, folded = _insider(door), _insider(door)
    merge = _merge(door, kept, folded)
    assert (_is_in(kept), _is_in(folded)) == (True, False)
    assert Verification.objects.get(registration=folded).state == "verified", "what was written stays"
    undo_merge(merge, by=door.rosa, at=AT)
    assert _is_in(folded)


def test_who_was_judged_in_two_ways_is_looked_at_first(door):
    one, other = _insider(door), _insider(door)
    Verification.objects.filter(registration=other).update(state="refused", reason="wrong_person")
    for folded, kept in ((one, other), (other, one)):
        assert "verschillend beslist" in objection_of_entry(folded, kept)
    Verification.objects.filter(registration=other).update(state="verified", reason="", relation="apart")
    assert "verschillend beslist" in objection_of_entry(one, other)
    Verification.objects.update(relation="apart")
    assert objection_of_entry(one, other) == ""
