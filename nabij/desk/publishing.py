"""An answer of the desk can become a published one: whoever writes the pages of a centre registers here."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from nabij.audit.actor import Actor

# takes question and answer of an event into what the editors may publish
Taker = Callable[[UUID, str, str, Actor, datetime], None]
_takers: list[Taker] = []


def register(taker: Taker) -> None:
    """Let this function take what the desk offers (called from hooks)."""
    _takers.append(taker)


def forget(taker: Taker) -> None:
    """Stop offering to this function; for stories that end."""
    _takers.remove(taker)


def is_wired() -> bool:
    """Whether anybody takes what the desk offers."""
    return bool(_takers)


def offer(incident_id: UUID, question: str, answer: str, by: Actor, at: datetime) -> None:
    """Hand an answered question to the editors; what they raise undoes the offer."""
    for taker in _takers:
        taker(incident_id, question, answer, by, at)
