"""How made-up people behave; content, in data/people.toml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from nabij.kit.content import load_toml

FILE = Path(__file__).parent.parent / "data" / "people.toml"
Span = tuple[float, float]
T = TypeVar("T")


@dataclass(frozen=True)
class Staff:
    """Staff that says nothing, or does nothing before the coordinator hears of it."""

    silent: float
    forgotten: float
    after_coordinator_hours: Span


@dataclass(frozen=True)
class Callers:
    """Professionals who ask for help: how many, how long after the report, and of which kinds."""

    number: Span
    minutes: Span
    kinds: tuple[str, ...]
    urgencies: tuple[str, ...]


@dataclass(frozen=True)
class Doors:
    """A round from door to door: when it is planned, how many doors and pairs, and who opens."""

    hours_before_plan: Span
    from_hour: int
    lasts_hours: int
    number: Span
    pairs: int
    briefing_minutes: int
    minutes_a_door: Span
    outcome: dict[str, int]


@dataclass(frozen=True)
class Registrations:
    """People who register at a centre: how many of those touched, when, and what they need."""

    share: float
    most: int
    hours: Span
    relations: tuple[str, ...]
    ages: tuple[str, ...]
    needs: tuple[str, ...]
    urgent: float
    yes: float


@dataclass(frozen=True)
class CentreRegistrations:
    """People who register while a centre is drilled: how many, how soon, and who wants the closed part."""

    share: float
    most: int
    minutes: Span
    closed_part: float


@cache
def staff() -> Staff:
    """How made-up staff leaves things."""
    return _read(Staff, "staff")


@cache
def callers() -> Callers:
    """How many professionals ring in."""
    return _read(Callers, "callers")


@cache
def doors() -> Doors:
    """How a made-up round goes."""
    return _read(Doors, "doors")


@cache
def registering() -> Registrations:
    """How many register, and what they need."""
    return _read(Registrations, "registrations")


@cache
def registering_at_centre() -> CentreRegistrations:
    """How many register at a centre that people open themselves."""
    return _read(CentreRegistrations, "centre_registrations")


def _read(kind: type[T], name: str) -> T:
    told: dict[str, Any] = load_toml(FILE)[name]
    return kind(**{key: tuple(each) if isinstance(each, list) else each for key, each in told.items()})
