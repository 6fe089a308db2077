"""Figures of a centre that other apps keep: they say so here, and openings asks them without knowing them."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from nabij.centres.models import AdviceCentre


class Figure(StrEnum):
    """The figures that a centre is closed by, and reported with."""

    OPEN_URGENT = "open_urgent"
    CONTACTS = "contacts"
    QUESTIONS = "questions"


Counter = Callable[[AdviceCentre, datetime], int]
Visits = Callable[[AdviceCentre, date], int | None]
_counters: dict[Figure, Counter] = {}
_visits: list[Visits] = []


def register(figure: Figure, counter: Counter) -> None:
    """Let this function count a figure of a centre at a moment (called from hooks)."""
    _counters[figure] = counter


def register_visits(visits: Visits) -> None:
    """Let this function say how often a centre was visited in the week that begins on a Monday."""
    _visits.append(visits)


def count(figure: Figure, centre: AdviceCentre, at: datetime) -> int | None:
    """The figure; None when no app counts it: unknown is never nought."""
    counter = _counters.get(figure)
    return None if counter is None else counter(centre, at)


def visits(centre: AdviceCentre, week_on: date) -> int | None:
    """Visits in this week by the public counters; None when there are none."""
    found = [number for each in _visits if (number := each(centre, week_on)) is not None]
    return sum(found) if found else None


def forget() -> None:
    """No app counts anything any more; for stories that end."""
    _counters.clear()
    _visits.clear()
