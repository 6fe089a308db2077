"""Scenes to practise, the speeds of the clock, and how made-up people behave; content."""

from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from nabij.kit.content import in_language, load_toml

FILE = Path(__file__).parent / "data" / "drills.toml"


@dataclass(frozen=True)
class Scene:
    """An event to practise: what happened, at which hour, and how many people it touches."""

    code: str
    topic: str
    nl: str
    en: str
    starts: time
    place: str
    people: int | None = None
    injured: int | None = None
    dead: int | None = None
    homes: int | None = None
    children: int | None = None
    is_for_centre: bool = False

    def __str__(self) -> str:
        return in_language({"nl": self.nl, "en": self.en})

    @property
    def counts(self) -> dict[str, Any]:
        """The counts of the event as an incident keeps them."""
        return {name: getattr(self, name) for name in ("people", "injured", "dead", "homes", "children")}


@dataclass(frozen=True)
class Behaviour:
    """How made-up people behave: spans in minutes, hours or shares, and chances from 0 to 1."""

    answer_minutes: tuple[float, float]
    says_yes: float
    tells_minutes: tuple[float, float]
    says_true: float
    share_of_time: tuple[float, float]
    late: float
    late_hours: tuple[float, float]
    skipped: float
    without_moment_hours: tuple[float, float]
    most_in_a_number: int


@cache
def scenes() -> dict[str, Scene]:
    """All scenes by code."""
    return {each["code"]: Scene(**each) for each in load_toml(FILE)["scene"]}


@cache
def behaviour() -> Behaviour:
    """How made-up people behave."""
    told = load_toml(FILE)["behaviour"].items()
    given: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in told}
    return Behaviour(**given)


def centre_every_days() -> int:
    """Within how many days a region drills a centre again. Source: iac §7, twice a year."""
    return int(load_toml(FILE)["centre"]["every_days"])


def speeds() -> list[int]:
    """How many times faster than real time the clock of a drill may run."""
    return list(load_toml(FILE)["speeds"])


def most_events_at_once() -> int:
    """How much a drill does in one go before it lets go of its row."""
    return int(load_toml(FILE)["most_events_at_once"])


def longest_years() -> int:
    """How far after its beginning a drill is played at most."""
    return int(load_toml(FILE)["longest_years"])


def farthest_days() -> int:
    """How many days before or after today a drill may begin on its own clock."""
    return int(load_toml(FILE)["farthest_days"])
