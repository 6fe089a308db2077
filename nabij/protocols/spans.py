"""Offsets of a protocol, compared and said: "PT1H30M", "P3D", "P5W"."""

import re
from datetime import timedelta

_OFFSET = re.compile(r"P(?:([0-9]{1,3})([YMWD])|T(?:([0-9]{1,3})H)?(?:([0-9]{1,3})M)?)")
_DAYS = {"Y": 365, "M": 30, "W": 7, "D": 1}
_ONE = {"Y": "jaar", "M": "maand", "W": "week", "D": "dag"}
_MORE = {"Y": "jaar", "M": "maanden", "W": "weken", "D": "dagen"}


def about(offset: str) -> timedelta:
    """How long an offset is, about: to compare two of them; raises ValueError when it is none."""
    number, unit, hours, minutes = _parts(offset)
    if unit:
        return timedelta(days=number * _DAYS[unit])
    return timedelta(hours=hours, minutes=minutes)


def in_words(offset: str) -> str:
    """An offset as people say it: "1 uur en 30 minuten", "3 dagen"; "" when it is nothing."""
    number, unit, hours, minutes = _parts(offset)
    if unit:
        return f"{number} {_ONE[unit] if number == 1 else _MORE[unit]}" if number else ""
    said = [f"{hours} uur"] if hours else []
    if minutes:
        said.append(f"{minutes} {'minuut' if minutes == 1 else 'minuten'}")
    return " en ".join(said)


def every_in_words(offset: str) -> str:
    """How often, as people say it: "elk uur", "elke maand", "elke 2 weken"."""
    said = in_words(offset)
    if not said.startswith("1 "):
        return f"elke {said}"
    said = said.removeprefix("1 ")
    return f"{'elk' if said.startswith(('uur', 'jaar')) else 'elke'} {said}"


def _parts(offset: str) -> tuple[int, str, int, int]:
    found = _OFFSET.fullmatch(offset)
    if found is None:
        raise ValueError(f"not an offset: {offset}")
    number, unit, hours, minutes = found.groups()
    return int(number or 0), unit or "", int(hours or 0), int(minutes or 0)
