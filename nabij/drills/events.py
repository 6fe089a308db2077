"""One thing that happens in a drill by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that happens in a drill at a moment of its clock; `key` settles which of two comes first."""

    at: datetime
    key: str
    happen: Callable[[], object]


def bind(act: Callable[..., object], *told: Any, **by: Any) -> Callable[[], object]:
    """The act with what it is told, to be done when its moment comes."""
    return lambda: act(*told, **by)
