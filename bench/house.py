"""A demonstration for a measurement: with only the processes that it needs, at night, with people on call."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from launch.plan import Plan
from launch.supervisor import Stack

NIGHT = ("gateway", "web", "engine-1", "engine-2")
ASKED_AT = "2027-01-10T03:10"


def manage(stack: Stack, *arguments: str) -> str:
    """A management command with the owner's rights; gives what it printed."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env=stack.env("owner"), capture_output=True, text=True, check=True).stdout


@contextmanager
def house_at_night(*more: str) -> Iterator[Stack]:
    """Web, engines, phones and `more`; it is ten past three and a coordinator is on call."""
    stack = Stack(movable_clock=True)
    programs = tuple(each for each in stack.plan.programs if each.name in (*NIGHT, *more))
    stack.plan = Plan(stack.plan.steps, programs, stack.plan.health)
    with stack:
        manage(stack, "seed_demo", "--duties-from", "2027-01-04", "--weeks", "2")
        manage(stack, "move_clock", ASKED_AT)
        yield stack


def rows(stack: Stack, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows straight from the database."""
    with psycopg.connect(stack.env("owner")["DATABASE_URL"], autocommit=True) as database:
        found = database.execute(sql, values)
        return found.fetchall() if found.description else []
