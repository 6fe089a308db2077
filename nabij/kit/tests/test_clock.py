from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError

from nabij.kit import clock
from nabij.kit.models import ClockShift

NIGHT = datetime(2027, 1, 10, 2, 31, tzinfo=UTC)


@pytest.fixture
def movable(settings):
    settings.ENV = settings.ENV.model_copy(update={"movable_clock": True})


@pytest.mark.django_db
def test_the_clock_is_the_database_clock(settings):
    settings.ENV = settings.ENV.model_copy(update={"movable_clock": False})
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    ClockShift.objects.create(shift=timedelta(days=9))
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.django_db
def test_a_moved_clock_runs_on_from_there(movable):
    clock.move_to(NIGHT)
    clock.move_to(NIGHT)
    assert timedelta(0) <= clock.now() - NIGHT < timedelta(seconds=5)


@pytest.mark.django_db
def test_the_clock_of_production_cannot_be_moved(settings):
    settings.ENV = settings.ENV.model_copy(update={"movable_clock": False})
    with pytest.raises(RuntimeError):
        clock.move_to(NIGHT)


def test_without_a_database_this_machine_tells_the_time(monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(clock, "now", away)
    assert abs(clock.now_without_fail() - datetime.now(UTC)) < timedelta(seconds=5)


def test_local_time_in_amsterdam():
    assert f"{clock.local(NIGHT):%H:%M}" == "03:31"
