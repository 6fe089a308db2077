"""What must be over before a case can close: apps above add their reasons, so that all gets an end."""

from collections.abc import Callable

from nabij.cases.models import Case

_checks: list[Callable[[Case], str]] = []


def require(check: Callable[[Case], str]) -> None:
    """Add a check that says in words why a case cannot close yet; empty when it can (called from hooks)."""
    _checks.append(check)


def objections(case: Case) -> list[str]:
    """Why this case cannot close yet."""
    return [found for found in (check(case) for check in _checks) if found]
