"""Opening hours: when the line is open, and when it opens next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from nabij.kit.content import ContentError, load_toml

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FURTHEST_DAY = 366
_FILE = Path(__file__).parent / "data" / "opening_hours.toml"


@dataclass(frozen=True)
class Window:
    """The hours of one day on the clock of the opening hours' own time zone; open up to, not at, `closes`."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ContentError(f"opening hours: {self.opens} does not come before {self.closes}")


@dataclass(frozen=True, eq=False)
class OpeningHours:
    """A week of windows (Monday first, None is closed), the days it stays closed, and its time zone."""

    week: tuple[Window | None, ...]
    closing_days: frozenset[date]
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if len(self.week) != len(_WEEKDAYS):
            raise ContentError("opening hours: a week has seven days")

    def window_on(self, day: date) -> Window | None:
        """The hours of that day; None when the line stays closed."""
        return None if day in self.closing_days else self.week[day.weekday()]


@dataclass(frozen=True)
class LineState:
    """The line at one moment: open until `closes_at`, or closed until `opens_at` (None: no day known)."""

    is_open: bool
    today: date
    opens_at: datetime | None
    closes_at: datetime | None


def line_state(at: datetime, hours: OpeningHours) -> LineState:
    """Whether the line is open at that moment and when this changes; `at` must carry a time zone."""
    if at.tzinfo is None:
        raise ValueError("A moment without a time zone has no opening hours.")
    today = at.astimezone(hours.zone).date()
    for ahead in range(_FURTHEST_DAY + 1):
        moments = _moments_on(today + timedelta(days=ahead), hours)
        if moments is None:
            continue
        opens_at, closes_at = moments
        if at < opens_at:
            return LineState(False, today, opens_at, None)
        if at < closes_at:
            return LineState(True, today, None, closes_at)
    return LineState(False, today, None, None)


@lru_cache(maxsize=1024)
def _moments_on(day: date, hours: OpeningHours) -> tuple[datetime, datetime] | None:
    """The moments the line opens and closes on that day, in UTC, so that the clock change is settled here."""
    window = hours.window_on(day)
    if window is None:
        return None
    opens = datetime.combine(day, window.opens, hours.zone)
    closes = datetime.combine(day, window.closes, hours.zone)
    return opens.astimezone(UTC), closes.astimezone(UTC)


def is_open(at: datetime, hours: OpeningHours) -> bool:
    """Whether the line is open at that moment: from the opening minute up to, not at, the closing minute."""
    return line_state(at, hours).is_open


def next_opening(at: datetime, hours: OpeningHours) -> datetime | None:
    """The moment the line opens next after `at` (also while it is open), in UTC; None: not within a year."""
    state = line_state(at, hours)
    return line_state(state.closes_at, hours).opens_at if state.closes_at else state.opens_at


@cache
def opening_hours() -> OpeningHours:
    """The opening hours of the advice line and the public line, from the content file."""
    content = load_toml(_FILE)
    unknown = set(content["week"]) - set(_WEEKDAYS)
    if unknown:
        raise ContentError(f"{_FILE.name}: no such day: {', '.join(sorted(unknown))}")
    week = tuple(Window(**content["week"][day]) if day in content["week"] else None for day in _WEEKDAYS)
    closing_days = frozenset(entry["date"] for entry in content["closing_days"])
    return OpeningHours(week, closing_days, ZoneInfo(content["time_zone"]))


def hours_in_words(language: str = "nl") -> str:
    """The opening hours as a piece of a sentence; Dutch when the language has none."""
    words: dict[str, str] = load_toml(_FILE)["in_words"]
    return words.get(language, words["nl"])
