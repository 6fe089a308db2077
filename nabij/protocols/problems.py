"""What is wrong in a protocol: in which file, at which step and field, in plain Dutch."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; `step` and `field` are "" when it is about the whole."""

    file: str
    step: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{' · '.join(part for part in (self.file, self.step, self.field) if part)}: {self.message}"


class PlanError(ValueError):
    """A protocol that cannot be used, with all its problems at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
