from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nabij.kit.clock import AMSTERDAM
from nabij.working_time.law import PAID, VOLUNTEER, announce_by, exception_choices, rules_of
from nabij.working_time.rules import Load, Stretch, breaches_of, joined, nights_of, worked

MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def stretch(day: float, hours: float = 24, *, hour: float = 0) -> Stretch:
    start = MONDAY + day * DAY + hour * HOUR
    return Stretch(start, start + hours * HOUR)


def codes(new, *duties, calls=(), status=PAID):
    return {each.rule.code for each in breaches_of(new, Load(tuple(duties), tuple(calls)), status)}


def test_fourteen_days_in_28_may_be_duty_and_fifteen_may_not():
    weeks = [stretch(day) for day in (0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24)]
    assert "free_days" not in codes(stretch(26), *weeks)
    assert "free_days" in codes(stretch(25), *weeks, stretch(26))


def test_the_window_rolls_over_the_end_of_a_month():
    busy = [stretch(day) for day in range(20, 33, 1) if day != 26]
    assert "free_days" not in codes(stretch(45), *busy)
    assert "free_days" in codes(stretch(45, 72), *busy)


def test_twice_48_hours_are_free_of_work_too():
    duties = [stretch(3 * number) for number in range(8)]
    assert "free_pairs" not in codes(stretch(24), *duties)
    every_other = [stretch(2 * number) for number in range(13)]
    assert "free_pairs" in codes(stretch(26), *every_other)
    calls = [stretch(3 * number + 2, 2) for number in range(9)]
    assert "free_pairs" in codes(stretch(24), *duties, calls=calls)


def test_thirteen_hours_of_calls_leave_no_room_for_a_duty_and_a_volunteer_has_twelve():
    twelve = stretch(0, 12)
    after = stretch(0.5, 12)
    assert "daily_work" not in codes(after, calls=[twelve])
    assert "daily_work" in codes(after, calls=[stretch(0, 13, hour=-1)])
    assert "daily_work" in codes(after, calls=[twelve], status=VOLUNTEER)
    assert "daily_work" not in codes(stretch(1.5, 12), calls=[twelve], status=VOLUNTEER)


def test_sixteen_nights_and_more_than_forty_hours_a_week_on_average():
    nights = [stretch(4 * number, 24) for number in range(16)]
    heavy = [stretch(number, 13) for number in range(64)]
    assert "average_week" in codes(stretch(64), *nights, calls=heavy)
    assert "average_week" not in codes(stretch(64), *nights, calls=heavy[:40])
    assert "average_week" not in codes(stretch(64, 8), *nights[:10], calls=heavy)


def test_seven_nights_then_48_hours_free():
    week = stretch(0, 7 * 24)
    assert "nights_in_a_row" not in codes(week)
    assert "nights_in_a_row" in codes(stretch(7), week)
    assert "nights_in_a_row" in codes(stretch(8), week)
    assert "nights_in_a_row" not in codes(stretch(9), week)
    by_day = stretch(7, 8)
    assert "nights_in_a_row" not in codes(by_day, week)


def test_a_call_lasts_half_an_hour_and_two_close_ones_are_one():
    first, second = stretch(0, 0.1), stretch(0, 0.5, hour=0.9)
    assert worked([first]) == [Stretch(MONDAY, MONDAY + HOUR / 2)]
    assert worked([first, second]) == [Stretch(MONDAY, MONDAY + 1.4 * HOUR)]
    assert len(worked([first, stretch(0, 1, hour=1)])) == 2


@pytest.mark.parametrize(("day", "hours"), [("2027-03-28", 23), ("2027-10-31", 25)])
def test_a_night_of_the_clock_change_is_one_night_and_its_hours_are_counted_as_they_pass(day, hours):
    begin = datetime.fromisoformat(day).replace(tzinfo=AMSTERDAM)
    whole = Stretch(begin, begin + DAY)  # the same time on the clock, a day later
    assert whole.span == hours * HOUR
    assert len(nights_of(whole)) == 1


def test_every_rule_has_an_article_and_says_why_when_it_is_not_checked():
    for rule in (*rules_of(PAID), *rules_of(VOLUNTEER)):
        assert rule.article in str(rule)
        assert bool(rule.kind) != bool(rule.not_checked)
    assert [code for code, _ in exception_choices()] == ["ramp", "danger"]
    assert announce_by((MONDAY + 28 * DAY).date()) == MONDAY.date()


SOME = st.lists(st.tuples(st.integers(0, 60 * 24), st.integers(1, 48)), max_size=14)


@given(SOME, st.integers(0, 60 * 24), st.integers(1, 24))
def test_less_duty_breaks_no_more_rules(rows, start, hours):
    duties = [stretch(0, length, hour=begin) for begin, length in rows]
    new = stretch(0, hours, hour=start)
    for status in (PAID, VOLUNTEER):
        all_of_them = codes(new, *duties, status=status)
        assert codes(new, *duties[1:], status=status) <= all_of_them


@given(SOME)
def test_joining_keeps_the_time_and_the_order(rows):
    stretches = [stretch(0, length, hour=begin) for begin, length in rows]
    found = joined(stretches)
    assert all(a.ends_at < b.starts_at for a, b in zip(found, found[1:], strict=False))
    minutes = {each.starts_at + step * HOUR for each in stretches for step in range(int(each.span / HOUR))}
    assert sum((each.span for each in found), timedelta()) == len(minutes) * HOUR
