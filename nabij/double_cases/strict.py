"""Of two contact rules of one person the strictest: what one of them forbids is forbidden."""

from typing import Any

from nabij.notify.models import ContactRule

FIELDS = ("ways", "weekdays", "from_time", "until_time", "is_voicemail_allowed", "has_secret_address")
_WEEK = frozenset(range(1, 8))


def permitted(rule: ContactRule) -> dict[str, Any]:
    """What a rule permits, without its words: those are only for who helps in its own case."""
    return {name: getattr(rule, name) for name in FIELDS}


def strictest(one: ContactRule | None, other: ContactRule | None) -> dict[str, Any] | None:
    """What both permit; without a day or an hour in common no way at all. None when there is no rule."""
    if one is None or other is None:
        found = one or other
        return permitted(found) if found else None
    days = (set(one.weekdays) or _WEEK) & (set(other.weekdays) or _WEEK)
    starts = max((each for each in (one.from_time, other.from_time) if each), default=None)
    ends = min((each for each in (one.until_time, other.until_time) if each), default=None)
    meets = bool(days) and (starts is None or ends is None or starts < ends)
    hours = (starts, ends) if meets else (one.from_time, one.until_time)
    return {
        "ways": [way for way in one.ways if way in other.ways] if meets else [],
        "weekdays": sorted(days) if len(days) < len(_WEEK) else [],
        "from_time": hours[0],
        "until_time": hours[1],
        "is_voicemail_allowed": one.is_voicemail_allowed and other.is_voicemail_allowed,
        "has_secret_address": one.has_secret_address or other.has_secret_address,
    }
