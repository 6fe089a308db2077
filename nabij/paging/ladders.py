"""Ladders: for each kind of page who is asked, in which order and when. Content."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from nabij.kit.content import ContentError, in_language, load_toml

FILE = Path(__file__).parent / "data" / "policies.toml"


@dataclass(frozen=True)
class Step:
    """One rung: a seat, and how long after the start of the page it is asked when nobody said yes."""

    seat: str
    after: timedelta
    template: str = ""


@dataclass(frozen=True)
class Ladder:
    """The steps of a kind of page; the last one repeats until the page is `repeat_until` old."""

    template: str
    steps: tuple[Step, ...]
    repeat: timedelta
    repeat_until: timedelta
    reminds_everybody: bool = False
    remind_after: timedelta = timedelta()
    names: dict[str, str] = field(default_factory=dict)
    teams_choose: bool = False
    words: dict[str, Any] = field(default_factory=dict)
    gives_reasons: bool = True

    def template_of(self, step: int) -> str:
        """The text by which this step asks."""
        return self.steps[step].template or self.template

    def say(self, word: str, seat: str) -> str:
        """What the phone page says to this chair: `question`, `yes`, `no`, and then `said` or `declined`."""
        own = self.words.get(seat, {})
        return in_language(own[word] if word in own else self.words[word])

    @property
    def name(self) -> str:
        """What a page of this kind is called, in the words of who reads it."""
        return in_language(self.names)

    @property
    def seats(self) -> tuple[str, ...]:
        """Who is asked, in this order."""
        return tuple(step.seat for step in self.steps)

    def gap_after(self, step: int) -> timedelta:
        """How long people of this step have, before the next step or the next reminder."""
        if step + 1 < len(self.steps):
            return self.steps[step + 1].after - self.steps[step].after
        return self.repeat


_files: list[Path] = [FILE]


def register(path: Path) -> None:
    """Add an app's file with kinds of pages (called from its hooks)."""
    if path not in _files:
        _files.append(path)
        _content.cache_clear()


@cache
def _content() -> dict[str, Ladder]:
    return {
        kind: Ladder(
            template=each.get("template", ""),
            steps=tuple(
                Step(rung["seat"], timedelta(minutes=rung["after_minutes"]), rung.get("template", ""))
                for rung in each["step"]
            ),
            repeat=timedelta(minutes=each["repeat_minutes"]),
            repeat_until=timedelta(minutes=each["repeat_until_minutes"]),
            reminds_everybody=each.get("reminds_everybody", False),
            remind_after=timedelta(minutes=each.get("remind_after_minutes", 0)),
            names=each["name"],
            teams_choose=each.get("teams_choose", False),
            words=each["words"],
            gives_reasons=each.get("gives_reasons", True),
        )
        for path in _files
        for kind, each in load_toml(path)["kind"].items()
    }


def ladder(kind: str) -> Ladder:
    """The ladder of this kind; raises ContentError when there is none."""
    try:
        return _content()[kind]
    except KeyError:
        raise ContentError(f"{FILE.name}: no kind of page `{kind}`") from None


def own_kinds() -> dict[str, Ladder]:
    """The kinds of pages for which a team may choose its own steps, with the national ladder of each."""
    return {kind: each for kind, each in _content().items() if each.teams_choose}


@dataclass(frozen=True)
class OwnLimits:
    """How far a team's own ladder may differ from the national one; times in minutes and hours."""

    last_within_minutes: int
    least_repeat_minutes: int
    most_repeat_minutes: int
    longest_hours: int


@cache
def own_limits() -> OwnLimits:
    """The limits for a team's own ladder."""
    return OwnLimits(**load_toml(FILE)["own"])


def seat_name(seat: str) -> str:
    """Who sits there, in the words of who reads it; raises ContentError for a seat that no file names."""
    for path in _files:
        names = load_toml(path).get("seat", {})
        if seat in names:
            return in_language(names[seat])
    raise ContentError(f"{FILE.name}: no seat `{seat}`")


def link_lasts() -> timedelta:
    """How long a link in a page may be used."""
    return timedelta(hours=load_toml(FILE)["link_hours"])


def lease() -> timedelta:
    """How long an engine may hold a due moment before another takes it over."""
    return timedelta(seconds=load_toml(FILE)["lease_seconds"])


def safety_tick() -> timedelta:
    """How long an engine sleeps at most."""
    return timedelta(seconds=load_toml(FILE)["safety_tick_seconds"])


def most_overdue() -> timedelta:
    """How late a step may be before somebody outside must hear of it."""
    return timedelta(seconds=load_toml(FILE)["most_overdue_seconds"])


@dataclass(frozen=True)
class Reason:
    """Why somebody cannot come, in the words of who chooses it."""

    code: str
    names: dict[str, str]

    def __str__(self) -> str:
        return in_language(self.names)


@cache
def decline_reasons() -> dict[str, Reason]:
    """The reasons for a no, by code, in the order in which they are shown."""
    found = load_toml(FILE)["decline_reason"]
    return {code: Reason(code, names) for code, names in found.items()}
