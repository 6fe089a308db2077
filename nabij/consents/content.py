"""The sharing matrix, the grounds and the terms of consent, from data/sharing.toml."""

from datetime import date
from enum import StrEnum
from pathlib import Path

from dateutil.relativedelta import relativedelta

from nabij.kit.content import in_language, load_toml

_FILE = Path(__file__).parent / "data" / "sharing.toml"


class Cell(StrEnum):
    """What the matrix says of one kind of data and one receiver."""

    MAY = "R"
    CONSENT = "C"
    GROUND = "L"
    CONSENT_OR_GROUND = "LC"
    NEVER = "X"


def receivers() -> list[tuple[str, str]]:
    """Everybody in the matrix, as (code, name)."""
    return [(code, in_language(names)) for code, names in load_toml(_FILE)["receiver"].items()]


def receiver_name(code: str) -> str:
    """The name of one receiver; an unknown one stands for itself."""
    return dict(receivers()).get(code, code)


def kinds() -> list[tuple[str, str]]:
    """All kinds of data, as (code, words)."""
    return [
        (code, in_language({"nl": each["nl"], "en": each["en"]}))
        for code, each in load_toml(_FILE)["kind"].items()
    ]


def kind_names(codes: list[str], *, of_child: bool = False) -> list[str]:
    """These kinds of data in words, to the person; `of_child`: to a guardian, about the child."""
    names = dict(kinds())
    if of_child:
        told = load_toml(_FILE)["kind"].items()
        names |= {code: in_language(each["child"]) for code, each in told if "child" in each}
    return [names.get(code, code) for code in codes]


def cell(kind: str, receiver: str) -> Cell:
    """What the matrix says; what it does not know is never shared."""
    content = load_toml(_FILE)
    names = list(content["receiver"])
    if kind not in content["kind"] or receiver not in names:
        return Cell.NEVER
    return Cell(content["kind"][kind]["cells"][names.index(receiver)])


def grounds() -> list[tuple[str, str]]:
    """The legal grounds on which something is shared without consent."""
    return [(code, in_language(names)) for code, names in load_toml(_FILE)["ground"].items()]


def is_danger(kind: str, receiver: str, ground: str) -> bool:
    """Whether this ground opens this kind to this receiver beyond what its cell says."""
    return any(
        each["ground"] == ground and each["receiver"] == receiver and kind in each["kinds"]
        for each in load_toml(_FILE)["danger"]
    )


def text() -> str:
    """What is read to the person before the answer."""
    return in_language(load_toml(_FILE)["text"])


def text_version() -> str:
    """The version of that text."""
    return str(load_toml(_FILE)["text_version"])


def usual_last_day(today: date) -> date:
    """Until when a yes lasts when nothing else is agreed."""
    last: date = today + relativedelta(months=int(load_toml(_FILE)["months"]))
    return last


def latest_last_day(today: date) -> date:
    """Until when a yes can last at most."""
    last: date = today + relativedelta(months=int(load_toml(_FILE)["longest_months"]))
    return last
