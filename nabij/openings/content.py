"""Checklist, board, phases and criteria as content, in data/*.toml."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from nabij.kit.clock import AMSTERDAM, local
from nabij.kit.content import in_language, load_toml

_FOLDER = Path(__file__).parent / "data"
Names = dict[str, str]


def _load(name: str) -> dict[str, Any]:
    return load_toml(_FOLDER / f"{name}.toml")


@dataclass(frozen=True)
class Item:
    """One thing to do: what, by which seat, when it is done; `test` when only a passed test does it."""

    code: str
    seat: str
    what_names: Names
    done_names: Names
    from_minute: int | None = None
    to_minute: int | None = None
    day: int | None = None
    test: str = ""
    needs_closed_part: bool = False
    is_done_at_start: bool = False

    @property
    def what(self) -> str:
        """What must be done, in the reader's language."""
        return in_language(self.what_names)

    @property
    def done(self) -> str:
        """When it is done, in the reader's language."""
        return in_language(self.done_names)

    def due_at(self, started_at: datetime) -> datetime:
        """Minutes count in absolute time; a day ends at the hour of the content, in Amsterdam."""
        if self.to_minute is not None:
            return started_at + timedelta(minutes=self.to_minute)
        day = local(started_at).date() + timedelta(days=self.day or 0)
        return datetime.combine(day, time(int(_load("phases")["due_hour"])), tzinfo=AMSTERDAM)


def _item(row: dict[str, Any]) -> Item:
    known = {name: value for name, value in row.items() if name not in ("what", "done")}
    return Item(what_names=row["what"], done_names=row["done"], **known)


@cache
def checklist() -> tuple[Item, ...]:
    """The list of two hours, in order."""
    return tuple(_item(row) for row in _load("checklist")["item"])


@dataclass(frozen=True)
class PhaseText:
    """What belongs to a phase: who leads, when it is open, its text for the public, its tasks."""

    code: str
    names: Names
    lead_names: Names
    hours_names: Names
    text_names: Names
    begins_day: int | None = None
    tasks: tuple[Item, ...] = ()

    @property
    def name(self) -> str:
        """The phase, in the reader's language."""
        return in_language(self.names)

    @property
    def lead(self) -> str:
        """Who leads, in the reader's language."""
        return in_language(self.lead_names)

    @property
    def hours(self) -> str:
        """When the desk and the groups are open, in the reader's language."""
        return in_language(self.hours_names)

    @property
    def text(self) -> str:
        """The usual text for the public, in the reader's language."""
        return in_language(self.text_names)


@cache
def phases() -> dict[str, PhaseText]:
    """All phases in their order, by code."""
    return {
        code: PhaseText(
            code, row["name"], row["lead"], row["hours"], row["text"], row.get("begins_day"),
            tuple(_item(task) for task in row.get("task", [])),
        )
        for code, row in _load("phases")["phase"].items()
    }  # fmt: skip


@cache
def items() -> dict[str, Item]:
    """Everything that can stand on a list of a centre, by code."""
    found = [*checklist(), *(task for phase in phases().values() for task in phase.tasks)]
    return {item.code: item for item in found}


@dataclass(frozen=True)
class SeatText:
    """A seat of the board: what it does, the right that this asks, how many people, and when."""

    code: str
    names: Names
    task_names: Names
    permission: str
    least: int = 1
    is_needed: bool = False
    is_single: bool = False
    is_crew: bool = False
    needs_closed_part: bool = False
    after_days: int = 0

    @property
    def name(self) -> str:
        """The seat, in the reader's language."""
        return in_language(self.names)

    @property
    def task(self) -> str:
        """What this seat does, in the reader's language."""
        return in_language(self.task_names)

    def is_asked(self, started_at: datetime, wants_closed_part: bool, at: datetime) -> bool:
        """Whether this seat must be filled now."""
        begun = at >= started_at + timedelta(days=self.after_days)
        return self.is_needed and begun and (wants_closed_part or not self.needs_closed_part)


@cache
def seats() -> dict[str, SeatText]:
    """All seats in their order, by code."""
    found = {}
    for code, row in _load("board")["seat"].items():
        known = {name: value for name, value in row.items() if name not in ("name", "task")}
        found[code] = SeatText(code=code, names=row["name"], task_names=row["task"], **known)
    return found


def seat_choices() -> list[tuple[str, str]]:
    """All seats, for a form."""
    return [(code, seat.name) for code, seat in seats().items()]


def covered_hours() -> int:
    """For so many hours ahead somebody who decides must be known."""
    return int(_load("board")["covered_hours"])


def closing_norm(name: str) -> int:
    """A number of the closing: notice_months, visits_below, visit_weeks, most_visits, smallest_shown."""
    return int(_load("closing")[name])


def criterion_names() -> dict[str, str]:
    """The criteria for closing in their order, in the reader's language."""
    return {code: in_language(names) for code, names in _load("closing")["criterion"].items()}


def closing_notice(day: dict[str, str], contact: str) -> dict[str, str]:
    """What people read when the end is announced, by language; `day` is the last day by language."""
    texts: Names = _load("closing")["notice"]
    return {tongue: text.format(day=day[tongue], contact=contact) for tongue, text in texts.items()}


def notice_source() -> str:
    """Who says that the centre closes."""
    return str(_load("closing")["source_of_notice"]["name"])


@dataclass(frozen=True)
class Preparedness:
    """One thing that must be ready in peace time, and for how long a yes counts."""

    code: str
    valid_days: int
    names: Names = field(default_factory=dict)

    @property
    def what(self) -> str:
        """What must be ready, in the reader's language."""
        return in_language(self.names)


@cache
def preparations() -> dict[str, Preparedness]:
    """What must be ready before anything happens, by code."""
    return {
        row["code"]: Preparedness(row["code"], row["valid_days"], row["what"])
        for row in _load("readiness")["item"]
    }
