"""What may not happen yet: apps above say why somebody may not take a step, such as going in alone."""

from collections.abc import Callable
from datetime import datetime

from nabij.audit.actor import Actor
from nabij.on_call.models import Deployment

Guard = Callable[[Deployment, str, Actor, datetime], str]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Let this function object to a step (called from an app's hooks) by a sentence; empty means it may."""
    _guards.append(guard)


def objection_to(deployment: Deployment, state: str, by: Actor, at: datetime) -> str:
    """The first objection to this step; empty when nobody objects."""
    return next((said for guard in _guards if (said := guard(deployment, state, by, at))), "")
