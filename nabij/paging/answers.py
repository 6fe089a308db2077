"""What a yes means is for the app that asked: it registers here what must happen in the same transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from nabij.audit.actor import Actor

if TYPE_CHECKING:
    from nabij.paging.models import Ask

Callback = Callable[["Ask", Actor, datetime], None]
NextAddress = Callable[["Ask"], str]
_callbacks: dict[str, list[Callback]] = {}
_next: dict[str, NextAddress] = {}


def register(kind: str, callback: Callback, *, next_address: NextAddress | None = None) -> None:
    """Call this when somebody accepts a page of this kind; `next_address` is where they go on afterwards."""
    _callbacks.setdefault(kind, []).append(callback)
    if next_address:
        _next[kind] = next_address


def accepted(ask: "Ask", by: Actor, at: datetime) -> None:
    """Tell who registered for this kind; what they raise undoes the acceptance."""
    for callback in _callbacks.get(ask.page.kind, []):
        callback(ask, by, at)


def next_address(ask: "Ask") -> str:
    """Where the one who said yes goes on; empty when no app has a page for that."""
    address = _next.get(ask.page.kind)
    return address(ask) if address else ""
