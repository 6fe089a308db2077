"""Working days and when they end, also over a weekend and a clock change."""

from datetime import UTC, date, datetime

import pytest

from nabij.contact.working_days import from_day_on, is_working_day, working_days_after


@pytest.mark.parametrize(
    ("at", "number", "due"),
    [
        (datetime(2027, 1, 10, 11, 0, tzinfo=UTC), 1, datetime(2027, 1, 11, 16, 0, tzinfo=UTC)),  # Sunday
        (datetime(2027, 2, 3, 17, 20, tzinfo=UTC), 1, datetime(2027, 2, 4, 16, 0, tzinfo=UTC)),
        (datetime(2027, 2, 5, 8, 0, tzinfo=UTC), 1, datetime(2027, 2, 8, 16, 0, tzinfo=UTC)),  # Friday
        (datetime(2027, 3, 26, 8, 0, tzinfo=UTC), 1, datetime(2027, 3, 29, 15, 0, tzinfo=UTC)),  # summer time
        (
            datetime(2027, 2, 5, 23, 30, tzinfo=UTC),
            1,
            datetime(2027, 2, 8, 16, 0, tzinfo=UTC),
        ),  # Saturday here
    ],
)
def test_a_working_day_later(at, number, due):
    assert working_days_after(at, number) == due


def test_a_closing_day_is_no_working_day(monkeypatch):
    assert is_working_day(date(2027, 2, 4))
    assert from_day_on(date(2027, 2, 6)) == date(2027, 2, 8)
    from nabij.contact import working_days

    class Closed:
        closing_days = frozenset({date(2027, 2, 8)})

    monkeypatch.setattr(working_days, "opening_hours", lambda: Closed)
    assert from_day_on(date(2027, 2, 6)) == date(2027, 2, 9)
