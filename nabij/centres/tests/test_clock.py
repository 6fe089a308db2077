"""S05 1 and 2: the two hours, in numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nabij.accounts.factories import make_actor
from nabij.accounts.roles import Role
from nabij.audit.models import TrailEntry
from nabij.centres.actions import give_late_reason, go_live
from nabij.centres.clocks import clocks_of_centre
from nabij.centres.factories import EVENING, approve_everything, make_centre, make_spoken_centre
from nabij.centres.norms import norms
from nabij.centres.queries import commission_words
from nabij.incidents.factories import make_incident
from nabij.incidents.refusals import Refused
from nabij.kit.clock import AMSTERDAM

pytestmark = pytest.mark.django_db


def amsterdam(year: int, month: int, day: int, hour: int, minute: int, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM, fold=fold).astimezone(UTC)


def went_live(at: datetime):
    centre = make_centre(at=EVENING)
    chief = make_actor(Role.IAC_CHIEF)
    approve_everything(centre, by=chief, at=at)
    return go_live(centre, by=chief, at=at)


def test_a_commission_at_20_41_must_be_live_at_22_41():
    centre = make_centre(at=amsterdam(2027, 5, 15, 20, 41))
    assert centre.target_at == amsterdam(2027, 5, 15, 22, 41)
    assert centre.minutes is None
    assert not centre.needs_reason


def test_live_at_22_19_is_98_minutes_and_in_time():
    centre = went_live(amsterdam(2027, 5, 15, 22, 19))
    assert (centre.minutes, centre.is_late, centre.needs_reason) == (98, False, False)
    facts = TrailEntry.objects.get(verb="centre.live").facts
    assert facts == {"minutes": 98, "late": False}
    with pytest.raises(PermissionDenied):
        give_late_reason(centre, "geen", by=make_actor(Role.IAC_CHIEF), at=EVENING)


def test_live_at_22_47_is_126_minutes_late_and_asks_for_a_reason():
    centre = went_live(amsterdam(2027, 5, 15, 22, 47))
    assert (centre.minutes, centre.is_late, centre.needs_reason) == (126, True, True)
    coordinator = make_actor(Role.ON_CALL_COORDINATOR)
    with pytest.raises(Refused):
        give_late_reason(centre, "  ", by=coordinator, at=EVENING)
    with pytest.raises(PermissionDenied):
        give_late_reason(centre, "druk", by=make_actor(Role.IAC_EDITOR), at=EVENING)
    told = give_late_reason(centre, "Feiten kwamen laat.", by=coordinator, at=EVENING)
    assert not told.needs_reason
    assert commission_words(told).late_reason == "Feiten kwamen laat."
    assert b"Feiten" not in bytes(told.late_reason_sealed)


@pytest.mark.parametrize(
    ("seconds", "minutes", "is_late"),
    [(7200, 120, False), (7201, 121, True), (5939, 98, False), (7619, 126, True)],
)
def test_whole_minutes_count_and_two_hours_to_the_second_are_in_time(seconds, minutes, is_late):
    centre = went_live(EVENING + timedelta(seconds=seconds))
    assert (centre.minutes, centre.is_late) == (minutes, is_late)


def test_the_two_hours_are_absolute_when_the_clock_goes_forward():
    """28 March 2027: 02:00 becomes 03:00, so 01:30 and two hours is 04:30 on the clock."""
    assert norms().target(amsterdam(2027, 3, 28, 1, 30)) == amsterdam(2027, 3, 28, 4, 30)


def test_the_two_hours_are_absolute_when_the_clock_goes_back():
    """31 October 2027: 03:00 becomes 02:00, so 01:30 and two hours is 02:30 for the second time."""
    target = norms().target(amsterdam(2027, 10, 31, 1, 30))
    assert target == amsterdam(2027, 10, 31, 2, 30, fold=1)
    assert target - amsterdam(2027, 10, 31, 1, 30) == timedelta(hours=2)


def test_a_spoken_commission_counts_from_the_moment_that_the_coordinator_states():
    centre = make_spoken_centre(EVENING, at=EVENING + timedelta(minutes=25))
    assert centre.commission.commissioned_at == EVENING
    assert centre.target_at == EVENING + timedelta(minutes=120)


def test_a_clock_that_is_a_little_ahead_starts_now():
    at = EVENING + timedelta(minutes=25)
    centre = make_spoken_centre(at + timedelta(minutes=3), at=at)
    assert centre.commission.commissioned_at == at


@pytest.mark.parametrize("shift", [timedelta(minutes=6), -timedelta(hours=73)])
def test_an_impossible_moment_is_refused(shift):
    with pytest.raises(Refused):
        make_spoken_centre(EVENING + shift, at=EVENING)


def test_the_incident_room_has_the_clock():
    incident = make_incident(at=EVENING)
    assert clocks_of_centre(incident, EVENING) == []
    centre = make_centre(incident)
    [clock] = clocks_of_centre(incident, EVENING)
    assert (clock.started_at, clock.due_at, clock.done_at) == (EVENING, centre.target_at, None)


def test_going_offline_and_live_again_does_not_change_the_minutes():
    from nabij.centres.actions import take_offline

    centre = went_live(amsterdam(2027, 5, 15, 22, 19))
    chief = make_actor(Role.IAC_CHIEF)
    take_offline(centre, by=chief, at=EVENING + timedelta(hours=5))
    again = go_live(centre, by=chief, at=EVENING + timedelta(hours=6))
    assert again.minutes == 98
    assert again.offline_at is None
