"""The words of an answer: who is alerted, who does what, and when to expect a call; content."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nabij.contact.doors import CallerKind, Doors, Urgency, doors_for
from nabij.contact.hours import opening_hours
from nabij.contact.moments import moment_in_words
from nabij.incidents.words import topic_in_words
from nabij.kit.clock import AMSTERDAM, local
from nabij.kit.content import load_toml
from nabij.on_call.models import HelpAnswer
from nabij.on_call.routes import Route
from nabij.on_call.words import place_in_words

_FILE = Path(__file__).parent / "data" / "who_does_what.toml"


@dataclass(frozen=True)
class Line:
    """One line of the who-does-what list."""

    who: str
    what: str


@dataclass(frozen=True)
class Said:
    """Everything in words that the answer page shows."""

    alerted: str
    is_alarming: bool
    lines: tuple[Line, ...]
    call: str
    phones_control_room: bool
    what: str
    where: str
    doors: Doors


def said_of(answer: HelpAnswer, at: datetime, language: str = "nl") -> Said:
    """The answer in words; the doors are those that are open now, not those of when it was asked."""
    request = answer.request
    doors = doors_for(
        CallerKind(request.caller_kind), Urgency(request.urgency), at, opening_hours(), language
    )
    alerted = _alerted(answer)
    moment = _moment(answer.call_expected_at, at, language)
    content = load_toml(_FILE)
    texts = (_in_language(each, language) for each in content["line"][_lines(answer)])
    return Said(
        alerted=_in_language(content["alerted"][alerted], language),
        is_alarming=alerted in ("nobody", "failed"),
        lines=tuple(Line(each["who"], each["what"].format(call=moment, opening=moment)) for each in texts),
        call=moment if answer.call_expected_at else "",
        phones_control_room=_phones_control_room(answer),
        what=topic_in_words(request.incident.topic),
        where=place_in_words(request.incident),
        doors=doors,
    )


def _phones_control_room(answer: HelpAnswer) -> bool:
    """Out of hours until the control room confirmed, and whenever nobody could be reached."""
    failed = answer.has_failed or (answer.page_id is not None and not answer.first_seat)
    by_night = answer.route in (Route.PAGE, Route.CONFIRM) and not answer.was_line_open
    return failed or (by_night and answer.request.confirmed_at is None)


def _alerted(answer: HelpAnswer) -> str:
    """Which sentence says who is alerted: a role, never a name."""
    if answer.has_failed:
        return "failed"
    if answer.route == Route.PAGE:
        return answer.first_seat or "nobody"
    return answer.route


def _lines(answer: HelpAnswer) -> str:
    return "paged_by_day" if answer.route == Route.PAGE and answer.was_line_open else answer.route


def _moment(moment: datetime | None, at: datetime, language: str) -> str:
    if moment is None:
        return str(_("zo snel als kan"))
    return moment_in_words(moment, local(at).date(), AMSTERDAM, language)


def _in_language(texts: dict[str, Any], language: str) -> Any:
    return texts.get(language, texts["nl"])
