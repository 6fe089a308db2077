"""Kinds of needs, partners, outcomes and clocks, from data/needs.toml; the conversation on the phone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from nabij.kit.content import in_language, load_toml
from nabij.people import content as form

DATA = Path(__file__).parent / "data"
CALL = "call"
NOTHING = "nothing"


def _needs() -> dict[str, Any]:
    return load_toml(DATA / "needs.toml")


def number(name: str) -> int:
    """A limit by its name."""
    return int(_needs()[name])


def kinds_of(needs: list[str], *, is_urgent: bool) -> list[str]:
    """What becomes a need: the chosen kinds that we know, or a call when help is needed today."""
    found = [each for each in dict.fromkeys(needs) if each in _needs()["kind"]]
    return found or ([CALL] if is_urgent else [])


def kind_in_words(kind: str) -> str:
    """What is needed, in the words of the form."""
    return form.say("needs", kind, _tongue()) if kind != CALL else in_language(_needs()["kind"][CALL])


def kinds() -> list[tuple[str, str]]:
    """All kinds as (code, words)."""
    return [(kind, kind_in_words(kind)) for kind in _needs()["kind"]]


def partner_of(kind: str) -> str:
    """The partner that usually helps with this; "" when the desk does it itself."""
    return str(_needs()["kind"][kind]["partner"])


def role_of(kind: str) -> str:
    """The role that owns this kind of need first."""
    return str(_needs()["kind"][kind]["owner"])


def owner_within(kind: str, *, is_urgent: bool) -> timedelta:
    """By when somebody owns it."""
    minutes = number("urgent_minutes") if is_urgent else int(_needs()["kind"][kind]["owner_minutes"])
    return timedelta(minutes=minutes)


def done_within(kind: str) -> timedelta:
    """By when it is done, counted from when somebody took it."""
    return timedelta(minutes=int(_needs()["kind"][kind]["done_minutes"]))


def partners() -> list[tuple[str, str]]:
    """All partners as (code, name)."""
    return [(code, in_language(each)) for code, each in _needs()["partner"].items()]


def answerers() -> list[tuple[str, str]]:
    """Who may know the answer to a question: the partners, and who hears of questions only."""
    return partners() + [(code, in_language(each)) for code, each in _needs()["answerer"].items()]


def partner_in_words(code: str) -> str:
    """The name of a partner; the code of one that the content no longer knows."""
    return dict(answerers()).get(code, code)


def receiver_of(partner: str) -> str:
    """To which receiver a person must have said yes before this partner hears of them."""
    return str(_needs()["partner"][partner]["receiver"])


def partner_within(partner: str) -> timedelta:
    """By when a partner has answered."""
    told = {**_needs()["partner"], **_needs()["answerer"]}
    return timedelta(minutes=int(told[partner]["minutes"]))


def outcomes() -> list[tuple[str, str]]:
    """How a need can end, as (code, words)."""
    return [(code, in_language(each)) for code, each in _needs()["outcome"].items()]


def outcome_in_words(code: str) -> str:
    """How it ended; the code of one that the content no longer knows."""
    return dict(outcomes()).get(code, code)


def question_within() -> timedelta:
    """By when a question at the desk has its answer."""
    return timedelta(minutes=number("question_minutes"))


def steps(language: str) -> list[dict[str, Any]]:
    """The conversation: title, what to say and the fields, in order."""
    found = load_toml(DATA / "conversation.toml")["step"]
    tongue = form.known(language)
    return [
        {
            "title": each[tongue],
            "text": each[f"{tongue}_say"],
            "fields": each["fields"],
            "is_optional": each.get("is_optional", False),
        }
        for each in found
    ]


def _tongue() -> str:
    return form.known((get_language() or "nl")[:2])
