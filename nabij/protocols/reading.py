"""A protocol read from a file: its shape and its sense, all problems at once."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from nabij.protocols.checking import (
    Outline,
    circles,
    problems_of_parties,
    problems_of_starts,
    problems_of_step,
)
from nabij.protocols.plan import Plan, Start, Step
from nabij.protocols.problems import PlanError, Problem
from nabij.protocols.shapes import in_dutch

LARGEST = 200_000  # bytes
_MOST_DOTS = 200  # on one line: the reader of TOML takes too long over a key of thousands of parts
Part = TypeVar("Part", bound=BaseModel)
_NOT_WRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_plan(text: str, *, name: str) -> Plan:
    """The protocol in this TOML text; raises PlanError with every problem, each with file, step and field."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        message = _("Dit bestand is te groot: hoogstens %s kB.") % (LARGEST // 1000)
        raise PlanError([Problem(name, "", "", message)])
    if any(line.count(".") > _MOST_DOTS for line in text.splitlines()):
        raise PlanError([Problem(name, "", "", _("Dit bestand is niet te lezen."))])
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanError([Problem(name, "", "", _place(str(error)))]) from error
    except (RecursionError, ValueError) as error:
        raise PlanError([Problem(name, "", "", _("Dit bestand is niet te lezen."))]) from error
    return plan_from(data, name=name)


def plan_from(data: dict[str, Any], *, name: str) -> Plan:
    """The protocol in this dict, such as `as_dict` wrote it; raises PlanError with every problem."""
    try:
        plan = Plan.model_validate(data)
        problems: list[Problem] = []
    except ValidationError as error:
        plan = None
        problems = list(_of_shape(error, data, name))
    problems += _of_sense(data, name)
    if plan is None or problems:
        raise PlanError(problems)
    return plan


def check_plan(plan: Plan, *, name: str) -> Plan:
    """The same plan when it is sound, such as after a step was changed; raises PlanError when it is not."""
    return plan_from(plan.model_dump(), name=name)


def _place(error: str) -> str:
    """Where the file stops being TOML, in Dutch."""
    found = re.search(r"line (\d+), column (\d+)", error)
    if not found:
        return _("Dit is geen TOML: het bestand houdt te vroeg op.")
    return _("Dit is geen TOML: kijk bij regel %(line)s, teken %(column)s.") % {
        "line": found[1], "column": found[2],
    }  # fmt: skip


def _of_shape(error: ValidationError, data: dict[str, Any], name: str) -> Iterator[Problem]:
    for each in error.errors(include_url=False, include_context=True):
        path = list(each["loc"])
        step = ""
        if len(path) > 1 and path[0] == "steps" and isinstance(path[1], int):
            step = _called(data["steps"][path[1]], path[1])
            path = path[2:]
        yield Problem(name, step, _field(path), in_dutch(dict(each)))


def _called(raw: Any, number: int) -> str:
    given = raw.get("id") if isinstance(raw, dict) else None
    return given if isinstance(given, str) and given else _("stap %s") % (number + 1)


def _field(path: list[int | str]) -> str:
    """A place in a plan as text: "due.offset", "evidence.fields 2.name"."""
    found = ""
    for part in path:
        found += f" {part + 1}" if isinstance(part, int) else f".{part}"
    return found.strip(". ")


def _of_sense(data: dict[str, Any], name: str) -> list[Problem]:
    """The problems of the parts whose shape is right, so that all are said at once."""
    raw = [each for each in _rows(data, "steps") if isinstance(each, dict)]
    steps = _sound(Step, raw)
    ids = tuple(each["id"] for each in raw if isinstance(each.get("id"), str))
    decided = {step.id: tuple(choice.code for choice in step.choices) for step in steps}
    code = data.get("code")
    plan = Outline(code if isinstance(code, str) else "", ids, decided)
    starts = _sound(Start, _rows(data, "starts"))
    found = [Problem(name, "", *each) for each in problems_of_starts(starts)]
    parties = tuple(each for each in _rows(data, "approved_by") if isinstance(each, str))
    if isinstance(data.get("owner_org"), str) and parties:
        found += [Problem(name, "", *each) for each in problems_of_parties(data["owner_org"], parties)]
    found += [Problem(name, step.id, *each) for step in steps for each in problems_of_step(step, plan)]
    found += [Problem(name, step, *each) for step, each in circles(steps)]
    if any(_NOT_WRITTEN.search(text) for text in _texts(data)):
        found.append(Problem(name, "", "", _("Er staan tekens in die niemand kan lezen.")))
    return found


def _rows(data: dict[str, Any], key: str) -> list[Any]:
    rows = data.get(key)
    return list(rows) if isinstance(rows, list | tuple) else []


def _sound(kind: type[Part], rows: list[Any]) -> list[Part]:
    """The rows whose shape is right; of the others the shape was said already."""
    found = []
    for row in rows:
        with suppress(ValidationError):
            found.append(kind.model_validate(row))
    return found


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts([key, value])
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _texts(each)
