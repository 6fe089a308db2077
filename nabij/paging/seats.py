"""Who sits on a chair right now: paging asks, an app above it answers."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Resolver = Callable[[str, UUID | None, datetime], list[UUID]]
_resolvers: list[Resolver] = []


def register(resolver: Resolver) -> None:
    """Let this function answer who sits on a chair (called from an app's hooks)."""
    _resolvers.append(resolver)


def people_on(seat: str, team_id: UUID | None, at: datetime) -> list[UUID]:
    """The memberships on this chair of this team at this moment; empty when nobody sits there."""
    return list(dict.fromkeys(each for resolver in _resolvers for each in resolver(seat, team_id, at)))


def forget(resolver: Resolver) -> None:
    """Stop asking this function; for stories that end."""
    _resolvers.remove(resolver)
