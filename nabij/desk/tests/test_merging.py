"""Needs at a merge of two registrations: nothing that somebody took is lost, and all goes back."""

from datetime import timedelta

import pytest

from nabij.audit.models import TrailEntry
from nabij.desk import actions, tasks
from nabij.desk.actions.needs_made import drop_needs
from nabij.desk.factories import register
from nabij.desk.models import Need
from nabij.desk.queries.needs import sheet_for
from nabij.desk.tests.conftest import EVENING
from nabij.matching.actions.merging import merge_pair, undo_merge
from nabij.matching.models import PossibleDouble
from nabij.paging.models import Page, PageState

LATER = EVENING + timedelta(minutes=20)


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(tasks.clock, "now", lambda: LATER)


def two(place, kept, folded):
    """Two registrations of one person, with these answers."""
    return [register(place.incident, at=EVENING, **{"yes_to": ("ggd",), **each}) for each in (kept, folded)]


def need_of(row, kind="talk"):
    return Need.objects.get(registration=row, kind=kind)


def merge(place, kept, folded):
    first, second = sorted((kept, folded), key=lambda each: each.pk)
    pair = PossibleDouble.objects.create(
        incident=place.incident, first=first, second=second, score=9, found_at=EVENING
    )
    row = merge_pair(pair, kept.pk, {}, by=place.rosa, at=LATER)
    tasks.follow_merge(TrailEntry.objects.filter(verb="double.merged").latest("pk").pk)
    return row


def undo(place, row):
    undo_merge(row, by=place.rosa, at=LATER)
    tasks.follow_merge(TrailEntry.objects.filter(verb="double.undone").latest("pk").pk)


def everything():
    """All needs as they are, but for the letters of a seal."""
    rows = Need.objects.order_by("pk").values()
    return [{**row, "told_sealed": bool(row["told_sealed"])} for row in rows]


def stands(row):
    found = Need.objects.filter(registration=row)
    return {(each.kind, each.state, each.owner_id) for each in found}


def test_a_need_that_somebody_took_stays_taken_and_goes_back_exactly(place):
    kept, folded = two(place, {"needs": ["talk", "money"]}, {"needs": ["talk", "housing"]})
    actions.take_need(need_of(folded), by=place.tim, at=EVENING)
    before = everything()
    row = merge(place, kept, folded)
    assert stands(kept) == {
        ("talk", "taken", place.tim.id), ("housing", "taken", place.tim.id), ("money", "open", None),
    }  # fmt: skip
    assert stands(folded) == {("talk", "dropped", None)}
    undo(place, row)
    assert everything() == before


def test_what_a_partner_was_told_is_read_with_who_stays_and_with_who_comes_back(place):
    kept, folded = two(place, {"needs": ["talk"]}, {"needs": ["medicine"]})
    need = actions.take_need(need_of(folded, "medicine"), by=place.tim, at=EVENING)
    actions.pass_need(need, "ggd", "Belt vanavond terug", by=place.tim, at=EVENING)
    before = everything()
    row = merge(place, kept, folded)
    told = sheet_for(place.rosa, kept.pk, LATER).told
    assert told[need.pk] == "Belt vanavond terug"
    undo(place, row)
    assert sheet_for(place.rosa, folded.pk, LATER).told == {need.pk: "Belt vanavond terug"}
    assert everything() == before


def test_the_clock_of_an_urgent_need_goes_on_and_nobody_is_called_twice(place):
    kept, folded = two(place, {"needs": ["talk"]}, {"needs": ["talk"], "urgent": "yes"})
    need = need_of(folded)
    row = merge(place, kept, folded)
    assert need_of(kept) == need
    need.refresh_from_db()
    assert (need.due_at, need.is_urgent) == (EVENING + timedelta(minutes=30), True)
    assert Page.objects.get().state == PageState.OPEN
    undo(place, row)
    assert (need_of(folded), need_of(kept).is_urgent) == (need, False)


def test_of_two_that_were_taken_the_one_of_who_stays_goes_on(place):
    kept, folded = two(place, {"needs": ["talk"]}, {"needs": ["talk"]})
    actions.take_need(need_of(kept), by=place.rosa, at=EVENING)
    actions.take_need(need_of(folded), by=place.tim, at=EVENING)
    before = everything()
    row = merge(place, kept, folded)
    assert stands(kept) == {("talk", "taken", place.rosa.id)}
    assert stands(folded) == {("talk", "dropped", None)}
    undo(place, row)
    assert everything() == before


def test_what_was_done_since_the_merge_stays_done(place):
    kept, folded = two(place, {"needs": ["money"]}, {"needs": ["talk"]})
    row = merge(place, kept, folded)
    need = actions.take_need(need_of(kept), by=place.rosa, at=LATER)
    actions.end_need(need, "helped", by=place.rosa, at=LATER)
    undo(place, row)
    assert stands(folded) == {("talk", "done", place.rosa.id)}
    assert stands(kept) == {("money", "taken", place.rosa.id)}


def test_a_need_that_lapsed_is_not_taken_along(place):
    kept, folded = two(place, {"needs": ["money"]}, {"needs": ["talk"]})
    drop_needs([need_of(folded)], by=place.rosa, at=EVENING)
    row = merge(place, kept, folded)
    assert ("talk", "open", None) in stands(kept), "it is in the answers of both together"
    undo(place, row)
    assert stands(kept) == {("money", "open", None), ("talk", "dropped", None)}


def test_needs_that_were_erased_since_are_left_alone(place):
    kept, folded = two(place, {"needs": ["money"]}, {"needs": ["talk"]})
    row = merge(place, kept, folded)
    Need.objects.all().delete()
    undo(place, row)
    assert set(Need.objects.values_list("kind", flat=True)) == {"money", "talk"}
