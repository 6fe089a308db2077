from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.doors import actions
from nabij.doors.models import Door, DoorNote, Outcome
from nabij.doors.queries import sums_of
from nabij.doors.tests.conftest import ENDS, MORNING, STARTS, make_round, make_walk, told
from nabij.kit.tests.at_once import together

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def note(walk, door, outcome=Outcome.TALKED, *, by=None, at=STARTS, **more):
    return actions.note_door(walk.round, told(door, outcome, **more), by=by or walk.imke, at=at)


def fresh(door):
    return Door.objects.get(pk=door.pk)


def test_the_sums_of_the_street_always_add_up(street):
    street.round = make_walk(street, "Kokmeeuwstraat 1-84")
    outcomes = ["talked"] * 51 + ["nobody"] * 27 + ["refused"] * 4 + ["empty"] * 2
    for door, outcome in zip(street.round.doors.all(), outcomes, strict=True):
        note(street, door, Outcome(outcome))
    sums = sums_of(street.round)
    assert [sums.numbers[code] for code in ("talked", "nobody", "refused", "empty")] == [51, 27, 4, 2]
    assert sums.doors == 84
    assert sums.flyers == 78


def test_a_door_has_no_room_for_a_name_and_exactly_one_outcome(walk):
    fields = {field.name for field in Door._meta.get_fields()} | {f.name for f in DoorNote._meta.get_fields()}
    assert not {"name", "remark", "photo", "text"} & fields
    door = walk.round.doors.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Door.objects.filter(pk=door.pk).update(outcome="nerveus")
    with pytest.raises(IntegrityError), transaction.atomic():
        Door.objects.filter(pk=door.pk).update(outcome="talked")


def test_the_same_tap_sent_twice_counts_once(walk):
    door, other = walk.round.doors.all()[:2]
    tap = told(door)
    first = actions.note_door(walk.round, tap, by=walk.imke, at=STARTS)
    again = actions.note_door(walk.round, tap, by=walk.imke, at=ENDS)
    assert first.pk == again.pk
    assert again.received_at == STARTS
    with pytest.raises(ValidationError, match="andere deur"):
        note(walk, other, id=tap.id)
    assert DoorNote.objects.count() == 1


def test_a_tap_is_taken_back_and_the_moment_of_the_phone_counts(walk):
    door = walk.round.doors.first()
    first = note(walk, door, at=ENDS)
    assert first.noted_at == STARTS
    note(walk, door, Outcome.OPEN, previous=first.pk)
    assert fresh(door).outcome == Outcome.OPEN
    ahead = note(walk, door, at=STARTS, previous=fresh(door).counted_id)
    assert note(walk, door, at=STARTS, previous=ahead.pk).noted_at <= STARTS


def test_a_phone_that_runs_ahead_does_not_write_in_the_future(walk):
    found = actions.note_door(
        walk.round, told(walk.round.doors.first(), at=STARTS + 90 * MINUTE), by=walk.imke, at=STARTS
    )
    assert found.noted_at == STARTS


def test_two_phones_that_differ_are_both_kept_and_one_is_chosen(walk):
    door = walk.round.doors.first()
    first = note(walk, door, Outcome.NOBODY)
    second = note(walk, door, Outcome.TALKED, by=walk.jip)
    third = note(walk, door, Outcome.NOBODY, previous=first.pk)
    assert fresh(door).outcome == Outcome.NOBODY
    assert fresh(door).is_disputed
    assert set(door.notes.filter(is_disputed=True)) == {first, second, third}
    with pytest.raises(ValidationError, match="Kies eerst"):
        actions.close_round(walk.round, by=walk.nadia, at=ENDS)
    with pytest.raises(PermissionDenied):
        actions.choose_note(walk.round, door.pk, second.pk, by=walk.youssef, at=ENDS)
    actions.choose_note(walk.round, door.pk, second.pk, by=walk.imke, at=ENDS)
    assert fresh(door).outcome == Outcome.TALKED
    assert not fresh(door).is_disputed
    assert door.notes.count() == 3
    with pytest.raises(ValidationError, match="al gekozen"):
        actions.choose_note(walk.round, door.pk, first.pk, by=walk.nadia, at=ENDS)


def test_two_phones_that_say_the_same_need_no_choice(walk):
    door = walk.round.doors.first()
    note(walk, door, Outcome.NOBODY)
    note(walk, door, Outcome.NOBODY, by=walk.jip)
    assert not fresh(door).is_disputed


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_the_same_moment_lose_nothing(walk):
    door = walk.round.doors.first()
    failed = together(
        lambda: note(walk, door, Outcome.NOBODY), lambda: note(walk, door, Outcome.TALKED, by=walk.jip)
    )
    assert failed == []
    assert fresh(door).is_disputed
    assert door.notes.filter(is_disputed=True).count() == 2


def test_a_door_of_another_round_is_refused(walk):
    door = make_round(walk).doors.first()
    with pytest.raises(ValidationError, match="niet bij deze ronde"):
        note(walk, door)


@pytest.mark.parametrize("who", ["nadia", "olaf", "stranger", "youssef"])
def test_only_a_pair_that_was_briefed_tells_of_doors(walk, who):
    with pytest.raises(PermissionDenied):
        note(walk, walk.round.doors.first(), by=getattr(walk, who))


def test_a_phone_that_comes_back_late_is_heard_for_two_weeks(walk):
    door, other = walk.round.doors.all()[:2]
    actions.close_round(walk.round, by=walk.nadia, at=ENDS)
    walk.round.refresh_from_db()
    note(walk, door, at=ENDS + timedelta(days=13))
    with pytest.raises(PermissionDenied):
        note(walk, other, at=ENDS + timedelta(days=15))


def test_an_unknown_choice_changes_nothing(walk):
    door = walk.round.doors.first()
    with pytest.raises(ValidationError):
        actions.choose_note(walk.round, door.pk, uuid4(), by=walk.nadia, at=MORNING)
