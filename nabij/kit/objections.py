"""Objections: apps above say why something cannot be, and the app that does it never knows them."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

_checks: dict[str, list[Callable[..., Any]]] = defaultdict(list)


def add(slot: str, check: Callable[..., Any]) -> None:
    """Let this check speak at `slot`, such as "contact" (called from an app's hooks)."""
    _checks[slot].append(check)


def found(slot: str, *about: Any) -> list[Any]:
    """What every check at this slot says of it; an empty answer is no objection."""
    return [said for said in (check(*about) for check in _checks[slot]) if said]
