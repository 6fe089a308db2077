"""Every minute of 2026 and 2027, both clock changes included, against a second reading of the brochure."""

from datetime import UTC, date, datetime, timedelta
from itertools import cycle, product

from nabij.contact.doors import CallerKind, DoorKey, Doors, Urgency, doors_for
from nabij.contact.hours import OpeningHours, line_state, opening_hours
from nabij.contact.tests import oracle

ON_CALL_CALLERS = {"municipality", "police", "ghor", "public_health_service"}
LINES = {DoorKey.ADVICE_LINE, DoorKey.PUBLIC_LINE}
COMBINATIONS = list(product(CallerKind, Urgency))
CLOSED = frozenset(
    {date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 26), date(2027, 3, 29), date(2027, 10, 30)}
)


def expected_primary(caller: CallerKind, urgency: Urgency, line_is_open: bool) -> DoorKey:
    if urgency == "life_in_danger" and caller not in {"police", "ghor"}:
        return DoorKey.EMERGENCY
    if caller == "resident":
        return DoorKey.PUBLIC_LINE if line_is_open else DoorKey.FIRST_STEPS
    if line_is_open:
        return DoorKey.ADVICE_LINE
    if urgency == "not_urgent" or caller not in ON_CALL_CALLERS:
        return DoorKey.NEXT_OPENING
    return DoorKey.ON_CALL


def check(
    doors: Doors, caller: CallerKind, urgency: Urgency, line_is_open: bool, changes_at: datetime
) -> None:
    keys = [doors.primary.key, *(door.key for door in doors.others)]
    assert doors.primary.key is expected_primary(caller, urgency, line_is_open)
    assert len(set(keys)) == len(keys)
    assert line_is_open or not LINES.intersection(keys)
    assert DoorKey.ON_CALL not in keys or (caller in ON_CALL_CALLERS and not line_is_open)
    assert doors.line_is_open is line_is_open
    assert (doors.line_closes_at if line_is_open else doors.line_opens_at) == changes_at
    assert doors.primary.reason


def walk(hours: OpeningHours, stretches: list[tuple[range, bool, datetime]]) -> int:
    """Check every minute; callers and urgencies take turns by minute, and every state has them all."""
    minute, turns, checked = timedelta(minutes=1), cycle(COMBINATIONS), 0
    for minutes, line_is_open, changes_at in stretches:
        expectations = {turn: expected_primary(*turn, line_is_open) for turn in COMBINATIONS}
        states: dict[date, datetime] = {}
        at = oracle.START + minutes.start * minute
        for _ in minutes:
            state = line_state(at, hours)
            assert state.is_open is line_is_open, at
            assert (state.closes_at if line_is_open else state.opens_at) == changes_at, at
            turn = next(turns)
            assert doors_for(*turn, at, hours).primary.key is expectations[turn], (at, turn)
            states.setdefault(state.today, at)
            at += minute
            checked += 1
        for seen_at, (caller, urgency) in product(states.values(), COMBINATIONS):
            check(doors_for(caller, urgency, seen_at, hours), caller, urgency, line_is_open, changes_at)
    return checked


def test_every_minute_of_two_years_has_exactly_the_right_first_door() -> None:
    assert walk(opening_hours(), oracle.stretches()) == oracle.MINUTES


def test_every_minute_around_closing_days_has_exactly_the_right_first_door() -> None:
    hours = OpeningHours(opening_hours().week, CLOSED, opening_hours().zone)
    near = [
        stretch
        for stretch in oracle.stretches(CLOSED)
        if any(abs((stretch[2].date() - day).days) <= 3 for day in CLOSED)
    ]
    assert walk(hours, near) > len(CLOSED) * 24 * 60


def test_the_last_minute_checked_is_the_last_of_2027() -> None:
    assert oracle.START + timedelta(minutes=oracle.MINUTES) == datetime(2028, 1, 1, tzinfo=UTC)
    assert sum(len(minutes) for minutes, _, _ in oracle.stretches()) == oracle.MINUTES
