"""A roster to be made: days, kinds of shift, people with their limits, and how many are needed when.

Days are numbers from 0. Somebody has at most one shift a day. What may not be is hard; the rest has a cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ShiftKind:
    """A kind of shift: its length, what may not come the day after it, and what it weighs in fairness."""

    code: str
    minutes: int
    not_before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Person:
    """What somebody may do: limits per roster, in a row and in rolling windows; days that are not free.

    `most_of` limits a kind of shift; `blocked` holds (day, kind) that may not be; `worked_on` are days
    with other shifts, before the roster (negative), in it or after it: they count in rows and windows.
    """

    code: str
    most_of: Mapping[str, int] = field(default_factory=dict)
    least_minutes: int = 0
    most_minutes: int | None = None
    most_in_a_row: int | None = None
    least_in_a_row: int = 1
    least_free_in_a_row: int = 1
    most_weekends: int | None = None
    most_in_window: tuple[int, int] | None = None  # (days, shifts)
    has_free_pair_each_week: bool = False
    days_off: frozenset[int] = frozenset()
    blocked: frozenset[tuple[int, str]] = frozenset()
    worked_on: frozenset[int] = frozenset()
    load_before: int = 0


@dataclass(frozen=True)
class Cover:
    """How many people a kind of shift needs on a day, what each too few or too many costs; `most` is hard."""

    day: int
    kind: str
    needed: int
    cost_under: int
    cost_over: int
    wished: int = 0
    cost_under_wish: int = 0
    most: int | None = None
    load: int = 0


@dataclass(frozen=True)
class Wishes:
    """Costs of (person, day, kind): of not giving what is asked for, and of giving what is not wanted."""

    on: Mapping[tuple[str, int, str], int] = field(default_factory=dict)
    off: Mapping[tuple[str, int, str], int] = field(default_factory=dict)
    kept: frozenset[tuple[str, int, str]] = frozenset()
    cost_of_change: int = 0
    pinned: frozenset[tuple[str, int, str]] = frozenset()


@dataclass(frozen=True)
class Problem:
    """Everything that the search must know; `cost_of_unfairness` is per point above the even share."""

    days: int
    kinds: tuple[ShiftKind, ...]
    people: tuple[Person, ...]
    covers: tuple[Cover, ...]
    wishes: Wishes = Wishes()
    cost_of_unfairness: int = 0

    def weekends(self) -> list[tuple[int, ...]]:
        """The days of each weekend; day 0 is a Monday."""
        found = (
            tuple(day for day in (week + 5, week + 6) if day < self.days) for week in range(0, self.days, 7)
        )
        return [each for each in found if each]
