"""References that people can say aloud on a bad line: two words and a number, "zilver-otter-47"."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from nabij.kit.content import load_toml

Kind = Literal["animals", "things"]
ATTEMPTS = 50
# Said aloud, 13 and 30 are easily mixed up: no teens and no tens.
NUMBERS = [number for number in range(21, 100) if number % 10]


class NoReferenceLeft(RuntimeError):
    """Fifty random references in a row were taken: the word lists are too short for this many rows."""


def words(kind: Kind) -> tuple[list[str], list[str]]:
    """The first and second words; of animals or of things, so that one hears which kind it is."""
    content = load_toml(Path(__file__).parent / "data" / "reference_words.toml")
    return content["first"], content[kind]


def fresh_reference(kind: Kind, is_taken: Callable[[str], bool]) -> str:
    """A random reference that is not taken; it tells nothing about how many there are."""
    first, second = words(kind)
    for _ in range(ATTEMPTS):
        reference = f"{secrets.choice(first)}-{secrets.choice(second)}-{secrets.choice(NUMBERS)}"
        if not is_taken(reference):
            return reference
    raise NoReferenceLeft(kind)


def as_written(said: str) -> str:
    """What somebody typed while listening ("Zilver Otter, 47") as the reference is stored."""
    return "-".join(re.findall(r"[a-z]+|\d+", said.lower()))
