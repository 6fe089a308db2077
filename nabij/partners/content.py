"""Terms, hours and kinds of meetings with partners; content, in data/partners.toml."""

from datetime import date, datetime, timedelta
from pathlib import Path

from nabij.contact.working_days import is_working_day
from nabij.kit.clock import local
from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "partners.toml"
SPOKEN, NUMBER, AGREEMENT = "spoken_days", "number_days", "agreement_days"


def term(of: str) -> timedelta:
    """How long something counts: a talk, a look at the numbers, the warning before an agreement."""
    return timedelta(days=load_toml(_FILE)["term"][of])


def oldest(of: str, today: date) -> date:
    """What was last done before this day is too long ago."""
    return today - term(of)


def is_day(at: datetime) -> bool:
    """Whether the number of the day is the one to call at this moment."""
    hours, moment = load_toml(_FILE)["day"], local(at)
    inside: bool = hours["opens"] <= moment.time() < hours["closes"]
    return inside and is_working_day(moment.date())


def most(what: str) -> int:
    """How many letters of a text fit, or how many rows a list shows."""
    return int(load_toml(_FILE)["most"][what])


def meeting_kinds() -> list[tuple[str, str]]:
    """Kinds of moments together as (code, name)."""
    return [(each["code"], in_language(each)) for each in load_toml(_FILE)["meeting"]]


def meeting_in_words(code: str) -> str:
    """The kind of a moment together; the code itself when the content no longer knows it."""
    return dict(meeting_kinds()).get(code, code)
