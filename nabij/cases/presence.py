"""What there is of a case: apps above say how to ask, so that a panel with nothing in it costs no query."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, QuerySet

from nabij.cases.models import Case

_asked: dict[str, Callable[[], QuerySet[Any]]] = {}


def ask(name: str, rows: Callable[[], QuerySet[Any]]) -> None:
    """Ask with each case whether there are such rows, found by OuterRef (called from an app's hooks)."""
    _asked[f"has_{name}"] = rows


def questions() -> dict[str, Exists]:
    """Everything that is asked in the one query that finds a case."""
    return {name: Exists(rows()) for name, rows in _asked.items()}


def has(case: Case, name: str) -> bool:
    """Whether there may be such rows: a case that was found otherwise is not asked, and may have them."""
    return bool(vars(case).get(f"has_{name}", True))
