"""A second, slower-minded reading of the opening hours: no zoneinfo, only arithmetic on minutes in UTC."""

from datetime import UTC, date, datetime, timedelta

START = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = 1_051_200
OPEN_MINUTES = [(8 * 60, 20 * 60)] * 5 + [(10 * 60, 17 * 60), (0, 0)]


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def minute_of(moment: datetime) -> int:
    return int((moment - START).total_seconds()) // 60


def summer_minutes() -> list[range]:
    def at_one(day: date) -> int:
        return minute_of(datetime(day.year, day.month, day.day, 1, tzinfo=UTC))

    return [range(at_one(last_sunday(year, 3)), at_one(last_sunday(year, 10))) for year in (2026, 2027, 2028)]


def openings(closed: frozenset[date] = frozenset()) -> list[tuple[int, int]]:
    """Every opening, as first minute open and first minute closed, counted from START and past the end."""
    summers = summer_minutes()
    found = []
    for number in range(-1, 760):
        day = START.date() + timedelta(days=number)
        first, last = OPEN_MINUTES[day.weekday()]
        if day in closed or first == last:
            continue
        winter = number * 1440 - 60
        shift = 60 if any(winter + first in summer for summer in summers) else 0
        found.append((winter - shift + first, winter - shift + last))
    return found


def stretches(closed: frozenset[date] = frozenset()) -> list[tuple[range, bool, datetime]]:
    """The two years cut where the line opens or closes: the minutes, is it open, when does it change."""
    found, position = [], 0
    for opening in openings(closed):
        for edge, line_is_open in zip(opening, (False, True), strict=True):
            end = min(edge, MINUTES)
            if end > position:
                found.append((range(position, end), line_is_open, START + timedelta(minutes=edge)))
                position = end
    return found
