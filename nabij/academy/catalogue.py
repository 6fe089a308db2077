"""The courses, the training matrix and the numbers, as the content files have them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from nabij.kit.content import ContentError, in_language, load_toml

DATA = Path(__file__).parent / "data"


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    later: date = day + relativedelta(months=months)
    return later


@dataclass(frozen=True)
class Module:
    """A course: its hours, how long its certificate lasts, and what comes first."""

    code: str
    names: dict[str, str]
    hours: int
    valid_months: int
    assessment: str
    prerequisites: tuple[str, ...]
    drills: int

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)

    def last_valid_day(self, issued_on: date) -> date:
        """The last day on which a certificate of that day counts."""
        return _months_later(issued_on, self.valid_months) - timedelta(days=1)


@dataclass(frozen=True)
class Task:
    """Work that asks for certificates, and perhaps for a certificate of conduct."""

    key: str
    names: dict[str, str]
    needs: tuple[str, ...]
    conduct: bool
    with_mentor: bool

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)


@dataclass(frozen=True)
class Rules:
    """The numbers of training and volunteering."""

    expiring_days: int
    reminder_days: tuple[int, ...]
    conduct_valid_months: int
    mentor_months: int
    before_mentor: tuple[str, ...]
    break_months: int
    refresher: str

    def last_conduct_day(self, seen_on: date) -> date:
        """The last day on which a certificate of conduct seen that day counts."""
        return _months_later(seen_on, self.conduct_valid_months) - timedelta(days=1)

    def mentor_time_ends(self, began_on: date) -> date:
        """The first day on which who got a mentor that day may work alone."""
        return _months_later(began_on, self.mentor_months)

    def is_long_break(self, began_on: date, day: date) -> bool:
        """Whether who paused from the one day until the other needs the refresher."""
        return day >= _months_later(began_on, self.break_months)


@cache
def modules() -> dict[str, Module]:
    """All courses by code; raises ContentError when one asks for a course that does not exist."""
    found = {code: _module(code, facts) for code, facts in load_toml(DATA / "modules.toml")["module"].items()}
    for module in found.values():
        _must_exist(module.code, module.prerequisites, found)
    return found


@cache
def tasks() -> dict[str, Task]:
    """All tasks by key; raises ContentError when one asks for a course that does not exist."""
    found = {}
    for key, facts in load_toml(DATA / "tasks.toml")["task"].items():
        _must_exist(key, facts["needs"], modules())
        found[key] = Task(
            key,
            facts["name"],
            tuple(facts["needs"]),
            conduct=facts["conduct"],
            with_mentor=facts["with_mentor"],
        )
    return found


@cache
def tasks_of_role(role: str) -> tuple[Task, ...]:
    """What somebody in this role must be able to do; nothing for roles of other organisations."""
    keys: list[str] = load_toml(DATA / "tasks.toml")["role"].get(role, [])
    _must_exist(role, keys, tasks())
    return tuple(tasks()[key] for key in keys)


@cache
def rules() -> Rules:
    """The numbers; raises ContentError when they name a course that does not exist."""
    facts = load_toml(DATA / "rules.toml")
    _must_exist("rules", [*facts["before_mentor"], facts["refresher"]], modules())
    return Rules(
        expiring_days=facts["expiring_days"],
        reminder_days=tuple(sorted(facts["reminder_days"], reverse=True)),
        conduct_valid_months=facts["conduct_valid_months"],
        mentor_months=facts["mentor_months"],
        before_mentor=tuple(facts["before_mentor"]),
        break_months=facts["break_months"],
        refresher=facts["refresher"],
    )


def _module(code: str, facts: dict[str, Any]) -> Module:
    return Module(
        code=code,
        names=facts["name"],
        hours=facts["hours"],
        valid_months=facts["valid_months"],
        assessment=facts["assessment"],
        prerequisites=tuple(facts["prerequisites"]),
        drills=facts["drills"],
    )


def _must_exist(who: str, codes: list[str] | tuple[str, ...], known: dict[str, Any]) -> None:
    unknown = sorted(set(codes) - known.keys())
    if unknown:
        raise ContentError(f"academy: `{who}` names {unknown}, which no file has")
