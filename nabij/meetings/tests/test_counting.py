"""Counts without names at a school (S04-4, 5, 7): letters, quiet room, requests of the press."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nabij.audit.actor import SYSTEM
from nabij.incidents.models import Incident
from nabij.kit.tests.at_once import together
from nabij.meetings.actions import count
from nabij.meetings.content import words
from nabij.meetings.models import Tally, TallyStep
from nabij.meetings.queries import counts_of, is_counted
from nabij.meetings.tests.conftest import MONDAY

pytestmark = pytest.mark.django_db


def numbers(incident):
    return {each.word: each.number for each in counts_of(incident)}


def test_34_visits_640_letters_and_3_requests_are_numbers_only(street):
    assert not is_counted(street.incident)
    for _visit in range(34):
        count(street.incident, "quiet_room_visits", 1, by=street.olaf, at=MONDAY)
    count(street.incident, "letters_to_parents", 640, by=street.nadia, at=MONDAY)
    count(street.incident, "press_requests", 4, by=street.nadia, at=MONDAY)
    later = MONDAY + timedelta(minutes=5)
    count(street.incident, "press_requests", -1, by=street.nadia, at=later)
    assert numbers(street.incident) == {
        "letters_to_parents": 640, "classes_told": 0, "quiet_room_visits": 34, "press_requests": 3,
    }  # fmt: skip
    steps = next(each.steps for each in counts_of(street.incident) if each.word == "press_requests")
    assert [(each.change, each.number) for each in steps] == [(-1, 3), (4, 4)]
    assert is_counted(street.incident)
    texts = [field.name for field in (*Tally._meta.fields, *TallyStep._meta.fields)]
    assert set(texts) == {
        "id", "incident", "word", "number", "tally", "change", "counted_at", "counted_by",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "change", "field"),
    [
        ("names", 1, "word"),
        ("press_requests", 0, "number"),
        ("press_requests", 5001, "number"),
        ("press_requests", -1, "number"),
    ],
)
def test_a_count_that_cannot_be_is_refused_beside_its_field(street, word, change, field):
    with pytest.raises(ValidationError) as refused:
        count(street.incident, word, change, by=street.nadia, at=MONDAY)
    assert list(refused.value.message_dict) == [field]
    assert not TallyStep.objects.exists()


def test_only_who_works_with_meetings_there_counts(street):
    for who in (street.stranger, street.zuid, SYSTEM):
        with pytest.raises(PermissionDenied):
            count(street.incident, "press_requests", 1, by=who, at=MONDAY)


def test_a_row_below_nought_or_without_a_change_does_not_exist(street):
    tally = count(street.incident, "press_requests", 1, by=street.nadia, at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.update(number=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        TallyStep.objects.create(
            tally=tally, change=0, number=1, counted_at=MONDAY, counted_by=street.nadia.id
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_the_same_moment_both_count(street):
    incident = Incident.objects.get()
    visit = partial(count, incident, "quiet_room_visits", 1, by=street.nadia, at=MONDAY)
    assert together(visit, visit, visit) == []
    assert numbers(incident)["quiet_room_visits"] == 3
    assert set(words()) == set(numbers(incident))
