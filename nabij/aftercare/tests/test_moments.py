from datetime import UTC, datetime, time

import pytest

from nabij.aftercare.moments import due_moments, first_sense
from nabij.kit.clock import AMSTERDAM, local
from nabij.protocols.plan import Due

S01 = datetime(2027, 1, 10, 3, 10, tzinfo=AMSTERDAM)  # a Sunday
S04 = datetime(2027, 2, 15, 6, 50, tzinfo=AMSTERDAM)  # a Monday


def due(**fields):
    return Due(**({"start": "trigger"} | fields))


def said(moments):
    return [local(each).strftime("%Y-%m-%d %H:%M") for each in moments]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"offset": "PT1H30M"}, ["2027-01-10 04:40"]),
        ({"offset": "PT24H", "window": "08:00-21:00"}, ["2027-01-10 21:00"]),
        ({"offset": "PT4H"}, ["2027-01-10 07:10"]),
        ({"offset": "P7D", "on": "working_day"}, ["2027-01-18 03:10"]),
        ({"offset": "P7D", "on": "working_day", "window": "08:00-21:00"}, ["2027-01-18 08:00"]),
        ({"offset": "P5W", "on": "working_day", "at": time(9)}, ["2027-02-15 09:00"]),
        ({"offset": "PT0H", "working_days": 1}, ["2027-01-11 17:00"]),
        ({"offset": "P8W"}, ["2027-03-07 03:10"]),
    ],
)
def test_the_explosion_of_s01_is_due_on_these_moments(rule, expected):
    assert said(due_moments(due(**rule), S01)) == expected


def test_the_school_of_s04_follows_up_on_these_days():
    follow_up = due(offset="P7D", also=("P14D", "P28D"))
    assert said(due_moments(follow_up, S04)) == ["2027-02-22 06:50", "2027-03-01 06:50", "2027-03-15 06:50"]
    assert said(due_moments(due(offset="P1Y"), S04)) == ["2028-02-15 06:50"]


def test_a_repeated_step_ends_on_the_last_day_itself():
    watch = due(offset="P4M", every="P4M", until="P2Y", at=time(9))
    assert said(due_moments(watch, S04))[0] == "2027-06-15 09:00"
    assert said(due_moments(watch, S04))[-1] == "2029-02-15 09:00"
    assert len(due_moments(watch, S04)) == 6


def test_hours_repeat_exactly_and_a_month_end_stays_whole():
    assert said(due_moments(due(offset="PT4H", every="PT4H", until="PT12H"), S01)) == [
        "2027-01-10 07:10", "2027-01-10 11:10", "2027-01-10 15:10",
    ]  # fmt: skip
    month_end = datetime(2027, 1, 31, 9, tzinfo=AMSTERDAM)
    assert said(due_moments(due(offset="PT0H", every="P1M", until="P2M"), month_end)) == [
        "2027-01-31 09:00", "2027-02-28 09:00", "2027-03-31 09:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "offset", "expected"),
    [
        # spring: the clock jumps from 02:00 to 03:00 on 28 March 2027
        ("2027-03-27 12:00", "P1D", "2027-03-28 12:00"),
        ("2027-03-27 12:00", "PT24H", "2027-03-28 13:00"),
        ("2027-03-27 02:30", "P1D", "2027-03-28 03:30"),
        # autumn: the clock goes back from 03:00 to 02:00 on 31 October 2027
        ("2027-10-30 12:00", "P1D", "2027-10-31 12:00"),
        ("2027-10-30 12:00", "PT24H", "2027-10-31 11:00"),
        ("2027-10-30 12:00", "P1W", "2027-11-06 12:00"),
        ("2027-10-31 01:30", "PT1H", "2027-10-31 02:30"),
        ("2027-10-31 01:30", "PT2H", "2027-10-31 02:30"),
        ("2027-01-31 12:00", "P1M", "2027-02-28 12:00"),
        ("2028-02-29 12:00", "P1Y", "2029-02-28 12:00"),
    ],
)
def test_days_follow_the_clock_on_the_wall_and_hours_do_not(start, offset, expected):
    moment = datetime.fromisoformat(start).replace(tzinfo=AMSTERDAM)
    assert said(due_moments(due(offset=offset), moment)) == [expected]


def test_the_doubled_hour_in_autumn_is_two_different_moments():
    start = datetime(2027, 10, 31, 1, 30, tzinfo=AMSTERDAM)
    one, two = (due_moments(due(offset=each), start)[0] for each in ("PT1H", "PT2H"))
    assert (one, two) == (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "offset", "expected"),
    [
        ("2027-01-11 12:00", "PT8H", "2027-01-11 20:00"),
        ("2027-01-11 12:00", "PT9H", "2027-01-11 21:00"),
        ("2027-01-11 12:00", "PT10H", "2027-01-11 21:00"),
        ("2027-01-11 12:00", "PT16H", "2027-01-11 21:00"),
        ("2027-01-11 12:00", "PT20H", "2027-01-12 08:00"),
        ("2027-01-10 03:10", "PT1H", "2027-01-10 08:00"),
        ("2027-01-10 22:10", "PT1H", "2027-01-11 08:00"),
        ("2027-01-11 20:59", "PT2H", "2027-01-11 21:00"),
        # a Saturday night before the autumn change: the window is read on the wall
        ("2027-10-30 22:00", "PT12H", "2027-10-31 09:00"),
    ],
)
def test_a_moment_at_night_moves_back_but_never_to_before_the_start(start, offset, expected):
    moment = datetime.fromisoformat(start).replace(tzinfo=AMSTERDAM)
    assert said(due_moments(due(offset=offset, window="08:00-21:00"), moment)) == [expected]


def test_a_start_inside_the_window_is_itself_permitted_when_the_fixed_time_lies_before_it():
    noon = datetime(2027, 1, 11, 12, tzinfo=AMSTERDAM)
    early = due(offset="PT0H", at=time(7), window="08:00-21:00")
    assert said(due_moments(early, noon)) == ["2027-01-11 12:00"]


def test_a_day_off_moves_forward_to_the_next_working_day_at_the_same_hour():
    friday = datetime(2027, 1, 8, 10, tzinfo=AMSTERDAM)
    assert said(due_moments(due(offset="P1D", on="working_day"), friday)) == ["2027-01-11 10:00"]


def test_a_working_day_keeps_its_day_when_the_evening_is_too_late():
    monday = datetime(2027, 1, 11, 22, tzinfo=AMSTERDAM)
    rule = due(offset="P1D", on="working_day", window="08:00-21:00")
    assert said(due_moments(rule, monday)) == ["2027-01-12 21:00"]


def test_two_offsets_that_fall_on_the_same_moment_are_one():
    assert len(due_moments(due(offset="PT20H", also=("PT22H",), window="08:00-21:00"), S01)) == 1


def test_the_first_moment_that_makes_sense_counts_from_the_start():
    assert said([first_sense(due(not_before="P6M"), S04)]) == ["2027-08-15 06:50"]
    assert first_sense(due(), S04) is None


@pytest.mark.parametrize("rule", [{"offset": "P0X"}, {"every": "elke dag", "until": "P1W"}])
def test_what_is_no_offset_is_refused(rule):
    broken = due().model_copy(update=rule)
    with pytest.raises(ValueError, match="not an offset"):
        due_moments(broken, S01)
