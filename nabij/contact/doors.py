"""Which door is open, for whom and when: the rules of the brochure (L399-412, L458) as one pure function."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nabij.contact.hours import LineState, OpeningHours, line_state
from nabij.contact.moments import clock_in_words, full_moment_in_words, moment_in_words
from nabij.kit.content import load_toml

_FILE = Path(__file__).parent / "data" / "doors.toml"


class CallerKind(StrEnum):
    """Who asks; the kinds of organisation, and the resident."""

    MUNICIPALITY = "municipality"
    POLICE = "police"
    GHOR = "ghor"
    PUBLIC_HEALTH_SERVICE = "public_health_service"
    SAFETY_REGION = "safety_region"
    PROSECUTION_SERVICE = "prosecution_service"
    SCHOOL = "school"
    EMPLOYER = "employer"
    PARTNER = "partner"
    RESIDENT = "resident"


class Urgency(StrEnum):
    """How soon somebody must be there."""

    LIFE_IN_DANGER = "life_in_danger"
    URGENT = "urgent"
    NOT_URGENT = "not_urgent"


class DoorKey(StrEnum):
    """The channels of the service catalogue, and the doors that stand beside them."""

    ADVICE_LINE = "CHN-01"
    MUNICIPALITY_SITE = "CHN-02"
    ON_CALL = "CHN-03"
    PUBLIC_LINE = "CHN-04"
    PUBLIC_SITE = "CHN-05"
    EMERGENCY = "112"
    CRISIS_LINE = "113"
    FIRST_STEPS = "first-steps"
    NEXT_OPENING = "next-opening"


# "Dit is uitsluitend voor politie, GGD GHOR en gemeenten" (brochure L411-412).
MAY_USE_ON_CALL = frozenset(
    {CallerKind.MUNICIPALITY, CallerKind.POLICE, CallerKind.GHOR, CallerKind.PUBLIC_HEALTH_SERVICE}
)
# They are the emergency services: telling them to call 112 would cost time, so they keep their own door.
_HAVE_THEIR_OWN_CONTROL_ROOM = frozenset({CallerKind.POLICE, CallerKind.GHOR})
_STAND_INS = frozenset({DoorKey.FIRST_STEPS, DoorKey.NEXT_OPENING})
_LINES = frozenset({DoorKey.ADVICE_LINE, DoorKey.PUBLIC_LINE})


@dataclass(frozen=True)
class Door:
    """One way to reach help: what it is, what to do, and why it is shown."""

    key: DoorKey
    label: str
    how: str
    reason: str
    phone: str = ""
    url: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether this door stands in for a line that is closed now."""
        return self.key in _STAND_INS

    @property
    def dial(self) -> str:
        """The number as a phone dials it, without hyphens and spaces."""
        return self.phone.replace("-", "").replace(" ", "")


@dataclass(frozen=True)
class Doors:
    """What somebody is shown at one moment: one door first, the others below it."""

    primary: Door
    others: tuple[Door, ...]
    line_is_open: bool
    line_opens_at: datetime | None
    line_closes_at: datetime | None


def doors_for(
    caller: CallerKind, urgency: Urgency, at: datetime, hours: OpeningHours, language: str = "nl"
) -> Doors:
    """The doors for this caller at this moment: exactly one comes first, and it is never a closed line."""
    return _doors(caller, urgency, line_state(at, hours), hours.zone, language)


def phone_of(key: DoorKey) -> str:
    """The number of a door as printed; raises KeyError for a door without one."""
    number: str = load_toml(_FILE)["door"][key]["phone"]
    return number


def site_of(key: DoorKey) -> str:
    """The address of a door on the web; raises KeyError for a door without one."""
    address: str = load_toml(_FILE)["door"][key]["url"]
    return address


@lru_cache(maxsize=4096)
def _doors(caller: CallerKind, urgency: Urgency, state: LineState, zone: ZoneInfo, language: str) -> Doors:
    support, reason = _door_of_victim_support(caller, urgency, state)
    texts = _Texts(state, zone, language)
    order = [(support, reason)]
    if urgency is Urgency.LIFE_IN_DANGER:
        if caller in _HAVE_THEIR_OWN_CONTROL_ROOM:
            order.append((DoorKey.EMERGENCY, ""))
        else:
            who = "resident" if caller is CallerKind.RESIDENT else "professional"
            order.insert(0, (DoorKey.EMERGENCY, f"life_in_danger_{who}"))
    shown = {key for key, _ in order}
    order += [(key, "") for key in _always_beside(caller) if key not in shown]
    primary, *others = (texts.door(key, reason) for key, reason in order)
    return Doors(primary, tuple(others), state.is_open, state.opens_at, state.closes_at)


def _door_of_victim_support(caller: CallerKind, urgency: Urgency, state: LineState) -> tuple[DoorKey, str]:
    """The door to victim support itself, and the name of the reason for it."""
    if caller is CallerKind.RESIDENT:
        if state.is_open:
            return DoorKey.PUBLIC_LINE, "public_line_open"
        return DoorKey.FIRST_STEPS, "resident_closed"
    if state.is_open:
        return DoorKey.ADVICE_LINE, "line_open"
    may_use_on_call = caller in MAY_USE_ON_CALL
    if urgency is Urgency.NOT_URGENT:
        return DoorKey.NEXT_OPENING, "not_urgent" if may_use_on_call else "not_urgent_without_on_call"
    if may_use_on_call:
        return DoorKey.ON_CALL, "on_call"
    asks_ghor = caller is CallerKind.SAFETY_REGION
    return DoorKey.NEXT_OPENING, "ask_ghor" if asks_ghor else "ask_municipality_or_police"


def _always_beside(caller: CallerKind) -> Iterator[DoorKey]:
    """The doors that are open day and night for this caller."""
    if caller is CallerKind.RESIDENT:
        yield from (DoorKey.EMERGENCY, DoorKey.CRISIS_LINE)
    yield DoorKey.MUNICIPALITY_SITE if caller is CallerKind.MUNICIPALITY else DoorKey.PUBLIC_SITE


class _Texts:
    """The words of the content file with the moments of one line state filled in."""

    def __init__(self, state: LineState, zone: ZoneInfo, language: str) -> None:
        self.content = load_toml(_FILE)
        self.language = language
        self.state = state
        unknown = self._said(self.content["unknown_opening"])
        opens_at, closes_at = state.opens_at, state.closes_at
        self.moments = {
            "line": phone_of(DoorKey.ADVICE_LINE),
            "opening": moment_in_words(opens_at, state.today, zone, language) if opens_at else unknown,
            "opening_date": full_moment_in_words(opens_at, zone, language) if opens_at else unknown,
            "closing": clock_in_words(closes_at, zone, language) if closes_at else "",
        }

    def door(self, key: DoorKey, reason: str) -> Door:
        """The door in words; without a named reason it gets its own standing one."""
        facts = self.content["door"][key]
        words = self._said(facts)
        why = self._said(self.content["reason"][reason]) if reason else words["why"]
        phone = facts.get("phone", "")
        return Door(
            key=key,
            label=words["label"],
            how=words["how"].format(phone=phone, **self.moments),
            reason=why.format(**self.moments),
            phone=phone,
            url=words.get("url", facts.get("url", "")),
            opens_at=self.state.opens_at if key in _STAND_INS else None,
            closes_at=self.state.closes_at if key in _LINES else None,
        )

    def _said(self, texts: dict[str, Any]) -> Any:
        return texts.get(self.language, texts["nl"])
