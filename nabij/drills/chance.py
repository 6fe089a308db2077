"""Chance that can be repeated: the same seed and the same question always give the same answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Chance:
    """Answers of chance for one drill."""

    seed: int

    def _random(self, *about: object) -> Random:
        return Random(":".join(map(str, (self.seed, *about))))  # noqa: S311  (a game, no secret)

    def happens(self, chance: float, *about: object) -> bool:
        """Whether something with this chance (0 to 1) happens."""
        return self._random(*about).random() < chance

    def between(self, span: tuple[float, float], *about: object) -> float:
        """A number between these two."""
        return self._random(*about).uniform(*span)

    def minutes(self, span: tuple[float, float], *about: object) -> timedelta:
        """So many minutes, between these two."""
        return timedelta(minutes=round(self.between(span, *about)))

    def hours(self, span: tuple[float, float], *about: object) -> timedelta:
        """So many hours, in whole minutes, between these two."""
        return timedelta(minutes=round(60 * self.between(span, *about)))

    def one_of(self, choices: Sequence[T], *about: object) -> T:
        """One of these."""
        return self._random(*about).choice(choices)
