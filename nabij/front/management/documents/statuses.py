"""Diagrams of every status, drawn from the dictionaries that guard the changes."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Choices

from nabij.front.management.documents.tables import page

PREFIX = "ALLOWED"


@dataclass(frozen=True)
class Status:
    """One guarded status: where it lives, its states and the changes that are allowed."""

    app: str
    name: str
    meaning: str
    changes: dict[Choices, set[Choices]]


def statuses() -> str:
    """A state diagram for each status of the house."""
    return page(
        "Statuses",
        "A status changes by an action, and only along these arrows: each diagram is drawn from the "
        "dictionary `ALLOWED…` that the action checks.",
        *(_diagram(status) for status in sorted(_found(), key=lambda each: (each.app, each.name))),
    )


def _found() -> Iterator[Status]:
    seen: set[int] = set()
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("nabij.") or ".tests" in name:
            continue
        for attribute, changes in vars(module).items():
            if not attribute.startswith(PREFIX) or not isinstance(changes, dict) or id(changes) in seen:
                continue
            first = next(iter(changes), None)
            if isinstance(first, Choices):
                seen.add(id(changes))
                kind = type(first)
                yield Status(name.split(".")[1], kind.__name__, (kind.__doc__ or "").strip(), changes)


def _diagram(status: Status) -> str:
    states = list(type(next(iter(status.changes))))
    lines = [
        f"## {status.app}: {status.name}", "", status.meaning, "", "```mermaid", "stateDiagram-v2",
        *(f'    state "{state.label}" as {state.value}' for state in states),
        f"    [*] --> {states[0].value}",
    ]  # fmt: skip
    for state in states:
        for target in states:
            if target in status.changes.get(state, set()):
                lines.append(f"    {state.value} --> {target.value}")
    lines += [f"    {state.value} --> [*]" for state in states if not status.changes.get(state)]
    return "\n".join([*lines, "```"])
