"""What apps above add to the file that a person takes along."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

_parts: dict[str, Callable[[UUID], Any]] = {}


def add(name: str, part: Callable[[UUID], Any]) -> None:
    """Add a part under this (Dutch) name: what there is about one person (called from an app's hooks)."""
    _parts[name] = part


def gathered(person_id: UUID) -> dict[str, Any]:
    """Everything that apps above have about this person."""
    return {name: part(person_id) for name, part in _parts.items()}
