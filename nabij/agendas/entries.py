"""What stands in a personal calendar beside duties: apps above add it, without a word about anybody."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nabij.accounts.models import Membership


@dataclass(frozen=True)
class Entry:
    """One moment in a calendar; the text says nothing about whom or what."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    text: str


Source = Callable[[Membership, datetime, datetime, datetime], Iterable[Entry]]
_sources: list[Source] = []


def add(source: Source) -> None:
    """Let this app add moments of one member: asked with start, end and now (called from an app's hooks)."""
    _sources.append(source)


def entries_of(member: Membership, start: datetime, end: datetime, at: datetime) -> list[Entry]:
    """All moments of this member between two moments that apps above add, as they are open to them now."""
    return [each for source in _sources for each in source(member, start, end, at)]
