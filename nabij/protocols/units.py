"""A span of a plan as a number and a unit, the way a person types it, and back."""

import re

from django.utils.translation import gettext_lazy as _

from nabij.protocols.plan import Due

UNITS = (
    ("minutes", _("minuten")),
    ("hours", _("uren")),
    ("days", _("dagen")),
    ("working_days", _("werkdagen")),
    ("weeks", _("weken")),
    ("months", _("maanden")),
    ("years", _("jaren")),
)
_LETTERS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}


def split_span(due: Due) -> tuple[int, str]:
    """How long after its start a step is due, as a number and one of UNITS."""
    if due.working_days:
        return due.working_days, "working_days"
    if whole := re.fullmatch(r"P(\d+)([DWMY])", due.offset):
        return int(whole[1]), _LETTERS[whole[2]]
    hours, minutes = (int(each or 0) for each in _clock_part(due.offset))
    return (hours * 60 + minutes, "minutes") if minutes else (hours, "hours")


def join_span(number: int, unit: str) -> tuple[str, int]:
    """The offset and the working days of a plan for this number of units."""
    if unit == "working_days":
        return "PT0H", number
    if unit == "minutes":
        return f"PT{number // 60}H{number % 60}M" if number >= 60 else f"PT{number}M", 0
    if unit == "hours":
        return f"PT{number}H", 0
    letter = next(letter for letter, name in _LETTERS.items() if name == unit)
    return f"P{number}{letter}", 0


def _clock_part(offset: str) -> tuple[str | None, str | None]:
    found = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?", offset)
    if found is None:
        raise ValueError(f"no span of a plan: {offset}")
    return found[1], found[2]
