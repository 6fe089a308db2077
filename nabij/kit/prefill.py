"""What a form begins with, coming from a page of another app: asked for by an identity, never by words."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

# given who asks, the identity and the moment: the first values, or None when it is not theirs to see
Source = Callable[[Any, UUID, datetime], dict[str, Any] | None]
_sources: dict[str, list[Source]] = defaultdict(list)


def offer(form: str, source: Source) -> None:
    """Let an app fill in the first values of a form, such as "ask_for_help" (called from its hooks)."""
    _sources[form].append(source)


def beginning(form: str, identity: UUID, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The first values behind this identity; None when nobody knows it, or not for this visitor."""
    found = (source(actor, identity, at) for source in _sources[form])
    return next((values for values in found if values is not None), None)
