"""Norms and switches of asking for help; content, in data/rules.toml."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "rules.toml"


@dataclass(frozen=True)
class Norms:
    """How soon somebody answers, calls or arrives, and how long texts and links may be."""

    acknowledge_minutes: int
    on_site_minutes: int
    desk_call_minutes: int
    answer_link_hours: int
    message_characters: int
    unverified_pages_per_hour: int
    workers_at_most: int
    asked_per_place: int
    leave_minutes: int
    deployed_hours: int
    silent_minutes: int

    @property
    def acknowledge(self) -> timedelta:
        """Within this time a coordinator says yes."""
        return timedelta(minutes=self.acknowledge_minutes)

    @property
    def on_site(self) -> timedelta | None:
        """Within this time somebody is on site; None where no norm is agreed."""
        return timedelta(minutes=self.on_site_minutes) if self.on_site_minutes else None

    @property
    def desk_call(self) -> timedelta:
        """Within this time the advice desk calls back."""
        return timedelta(minutes=self.desk_call_minutes)

    @property
    def leave(self) -> timedelta:
        """Within this time after saying yes a worker is on the way."""
        return timedelta(minutes=self.leave_minutes)

    @property
    def deployed(self) -> timedelta:
        """So long after saying yes somebody counts as busy elsewhere, whatever was reported since."""
        return timedelta(hours=self.deployed_hours)

    @property
    def silent(self) -> timedelta:
        """So long after the reminder somebody else is called."""
        return timedelta(minutes=self.silent_minutes)

    @property
    def answer_link(self) -> timedelta:
        """How long an asker without a login can follow the request."""
        return timedelta(hours=self.answer_link_hours)


def norms() -> Norms:
    """The norms as they hold now."""
    return Norms(**load_toml(_FILE)["norms"])


def control_room_must_confirm(safety_region_code: str) -> bool:
    """Whether this region wants the control room's confirmation before somebody is paged."""
    return bool(load_toml(_FILE)["control_room_must_confirm"].get(safety_region_code, False))


def arrival_choices() -> tuple[int, ...]:
    """In how many minutes somebody may say that they arrive."""
    return tuple(load_toml(_FILE)["arrival_minutes"])


def is_violence(topic: str) -> bool:
    """Whether this kind of event counts as violence for who was there."""
    return topic in load_toml(_FILE)["violent_topics"]


def kept_tap_hours() -> int:
    """How many hours ago a tap without a signal may lie."""
    hours: int = load_toml(_FILE)["kept_tap_hours"]
    return hours
