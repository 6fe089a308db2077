"""How somebody is reached, what a plan suggests, and the letter, from data/support.toml."""

from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

from nabij.contact.doors import DoorKey, phone_of
from nabij.guide.topics import topic
from nabij.kit.content import in_language, load_toml
from nabij.support.models import Strand

_FILE = Path(__file__).parent / "data" / "support.toml"
_INTERPRETERS = Path(__file__).parent / "data" / "interpreters.toml"


@dataclass(frozen=True)
class ApproachTerms:
    """When somebody is called, how often, and when a letter follows."""

    attempts: int
    next_working_days: int
    letter_working_days: int
    parts: tuple[time, ...]


def approach_terms() -> ApproachTerms:
    """The terms of approaching somebody."""
    told = dict(load_toml(_FILE)["approach"])
    return ApproachTerms(**{**told, "parts": tuple(told["parts"])})


def quiet_after() -> timedelta:
    """Without contact for this long, somebody looks whether help still goes on."""
    return timedelta(days=load_toml(_FILE)["quiet"]["days"])


@dataclass(frozen=True)
class Suggestion:
    """Something that a plan after this kind of event usually holds."""

    key: str
    strand: Strand
    text: str


def suggestions_for(code: str) -> list[Suggestion]:
    """What the plan suggests after this event; prevention after every High Impact Crime."""
    kinds = {"all", code} | ({"hic"} if topic(code).is_high_impact_crime else set())
    return [
        Suggestion(each["key"], Strand(each["strand"]), in_language({"nl": each["nl"], "en": each["en"]}))
        for each in load_toml(_FILE)["suggestion"]
        if kinds & set(each["for"])
    ]


@dataclass(frozen=True)
class Agency:
    """Where an interpreter is booked."""

    key: str
    name: str
    phone: str


def agencies() -> dict[str, Agency]:
    """The agencies of interpreters, by key."""
    return {each["key"]: Agency(**each) for each in load_toml(_INTERPRETERS)["agency"]}


def letter(reference: str) -> str:
    """The letter to somebody whom we could not reach."""
    return in_language(load_toml(_FILE)["letter"]).format(
        phone=phone_of(DoorKey.PUBLIC_LINE), reference=reference
    )
