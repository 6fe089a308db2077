"""The norms for a centre; content, in data/norms.toml."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nabij.kit.content import load_toml


@dataclass(frozen=True)
class Norms:
    """How soon a centre must be live, and what forms accept."""

    live_within_minutes: int
    confirmation_valid_hours: int
    most_characters: int
    future_minutes: int
    oldest_commission_hours: int
    embargo_minutes: int

    def target(self, commissioned_at: datetime) -> datetime:
        """The moment at which the centre must be live: absolute time, whatever a clock change does."""
        return commissioned_at + timedelta(minutes=self.live_within_minutes)


def norms() -> Norms:
    """The norms as they hold now."""
    return Norms(**load_toml(Path(__file__).parent / "data" / "norms.toml")["norms"])
