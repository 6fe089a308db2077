"""The numbers by which incidents are recognised and bounded; content, in data/rules.toml."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from nabij.kit.content import load_toml

MOST_PEOPLE = 1_000_000  # also a database constraint
HIGHEST_GRIP = 5


@dataclass(frozen=True)
class Rules:
    """How near is nearby, how far back is a repeat, and what a form accepts."""

    nearby_hours: int
    nearby_at_most: int
    repeat_within_days: int
    future_minutes: int
    oldest_days: int
    remarks_characters: int
    municipalities_at_most: int

    @property
    def nearby(self) -> timedelta:
        """Two reports at most this far apart may be about the same event."""
        return timedelta(hours=self.nearby_hours)

    @property
    def repeat_within(self) -> timedelta:
        """An event at the same place within this time after another is a repeat."""
        return timedelta(days=self.repeat_within_days)

    @property
    def future_allowed(self) -> timedelta:
        """A clock may be this far ahead before a moment counts as the future."""
        return timedelta(minutes=self.future_minutes)


def rules() -> Rules:
    """The rules as they hold now."""
    return Rules(**load_toml(Path(__file__).parent / "data" / "rules.toml")["rules"])
