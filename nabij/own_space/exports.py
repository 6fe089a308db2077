"""What apps above add to the file that a person takes along, as data and on paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django_stubs_ext import StrOrPromise

from nabij.audit.actor import Actor


@dataclass(frozen=True)
class Part:
    """Rows about one person, under a (Dutch) name in the data; on paper a heading and these columns.

    Who acts for the person gets what `along` gives them, under its own heading; without it, or None, nothing.
    """

    name: str
    rows: Callable[[UUID], list[dict[str, Any]]]
    heading: StrOrPromise
    columns: tuple[str, ...]
    heading_along: StrOrPromise = ""
    along: Callable[[Actor], list[dict[str, Any]] | None] | None = None


_parts: list[Part] = []


def add(part: Part) -> None:
    """Add what there is about one person (called from an app's hooks)."""
    _parts.append(part)


def gathered(person_id: UUID) -> dict[str, Any]:
    """Everything that apps above have about this person."""
    return {part.name: part.rows(person_id) for part in _parts}


def gathered_along(reader: Actor) -> dict[str, Any]:
    """What of it is for this reader, who acts for the person."""
    told = {part.name: part.along(reader) for part in _parts if part.along is not None}
    return {name: rows for name, rows in told.items() if rows is not None}


def on_paper(
    data: Mapping[str, Any], *, is_own: bool = True
) -> list[tuple[str, list[dict[str, Any]], tuple[str, ...]]]:
    """The same for paper: heading, rows, and the columns of a row to tell."""
    return [
        (str(part.heading if is_own else part.heading_along), data[part.name], part.columns)
        for part in _parts
        if part.name in data
    ]
