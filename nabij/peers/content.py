"""Numbers, lists and rules of the groups: content, in data/peers.toml and data/rules.toml."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from nabij.kit.clock import local
from nabij.kit.content import in_language, load_toml
from nabij.peers.models.spaces import SHORTEST_THREE_MONTHS

_DATA = Path(__file__).parent / "data"
_FILE = _DATA / "peers.toml"

Choices = list[tuple[str, str]]


def number(name: str) -> int:
    """One number of the content, such as "newcomer_posts"."""
    return int(load_toml(_FILE)[name])


def days(name: str) -> timedelta:
    """One number of days of the content, such as "alias_change_days"."""
    return timedelta(days=number(name))


def notice_gap() -> timedelta:
    """A member gets at most one notice in this time."""
    return timedelta(hours=number("notice_hours"))


def silence_choices() -> list[int]:
    """For how many days a moderator may read somebody's posts first."""
    return [int(each) for each in load_toml(_FILE)["silence_days"]]


def choices(kind: str) -> Choices:
    """One list of codes with their words: subject, refuse_reason, report_reason or expel_reason."""
    return [(each["code"], in_language(each["names"])) for each in load_toml(_FILE)[kind]]


def in_words(kind: str, code: str) -> str:
    """What a code of a list means; empty for none."""
    return dict(choices(kind)).get(code, "")


def skippable() -> Choices:
    """The subjects that a moderator may leave out."""
    found = load_toml(_FILE)["subject"]
    return [(each["code"], in_language(each["names"])) for each in found if each.get("may_skip")]


def danger_of(subject: str) -> str:
    """The danger words that belong to this subject; empty when there are none."""
    subjects: list[dict[str, Any]] = load_toml(_FILE)["subject"]
    return next((str(each.get("danger", "")) for each in subjects if each["code"] == subject), "")


def rules() -> list[str]:
    """The rules of a group, in the order in which they are read."""
    return [in_language(each) for each in load_toml(_DATA / "rules.toml")["rule"]]


def rules_version() -> str:
    """Which text of the rules somebody agreed with."""
    return str(load_toml(_DATA / "rules.toml")["version"])


def must_be_attended(opened_at: datetime, at: datetime) -> bool:
    """Whether a moderator must be there at this moment: longer hours in the first days of a space."""
    presence = load_toml(_FILE)["presence"]
    is_first = at < opened_at + timedelta(days=int(presence["first_days"]))
    start, end = presence["first" if is_first else "later"]
    return bool(start <= local(at).hour < end)


def earliest_end(announced_at: datetime) -> datetime:
    """The first moment at which groups may end when it is announced now, by the calendar of Amsterdam.

    Never sooner than the shortest three months, also when the clock goes forward in between.
    """
    ends: datetime = local(announced_at) + relativedelta(months=number("end_months"))
    return max(ends.astimezone(announced_at.tzinfo), announced_at + SHORTEST_THREE_MONTHS)
