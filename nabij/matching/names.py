"""Names in one form: plain letters, without particles, and how they sound in Dutch ears."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from anyascii import anyascii

from nabij.kit.content import load_toml

FILE = Path(__file__).parent / "data" / "names.toml"
LEAST_AFTER_GLUE = 4
MOST_PARTS = 6
_NO_LETTER = re.compile(r"[^a-z]+")
_APART = re.compile(r"[\s\-_/.,;:()\"+&]+")
_WRITTEN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ARTICLE = re.compile("\\b\u0627\u0644(?=\\w{2})")
_SERVANT = re.compile(r"\b(ab[dt])[\s-]*[aeu]l[\s-]+(?=[a-z])")  # "Abd el Kader" is "Abdelkader"
_DOUBLE = re.compile(r"(.)\1+")
# one sound, many spellings; in this order, longest first
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^ij|^ey", "j"), (r"shch|schtsch|sjtsj|szcz", "S"), (r"tsch|tsj|tch|cz|dzj|dzh|dsch|dj", "S"),
        (r"sch|sh|sj|sz", "S"), (r"ch$", "k"), (r"chr", "kr"), (r"ph", "f"), (r"th", "t"),
        (r"kh|gh|ch|qu|ck|q", "k"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"g", "k"),
        (r"ts|tz|zz", "s"), (r"z", "s"), (r"w|v", "f"), (r"d", "t"), (r"b$", "p"), (r"(?<=[aeiou])h", ""),
    )
]  # fmt: skip
_COARSE = str.maketrans({"S": "s", "j": "", "h": "", "p": "b", "m": "n"})


@dataclass(frozen=True)
class Part:
    """One part of a name: as written in plain letters, its usual forms, its sound and its rough sound."""

    letters: str
    usual: frozenset[str]
    sound: str
    rough: str


@cache
def rules() -> int:
    """The number of these rules; keys that were made by others are made anew."""
    return int(load_toml(FILE)["rules"])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_toml(FILE)[name])


@cache
def _usual() -> dict[str, frozenset[str]]:
    """The first forms of each name that is known in several; a call name may stand for more than one."""
    found: dict[str, set[str]] = {}
    content: dict[str, Any] = load_toml(FILE)
    for line in content["same"]:
        forms = line.split()
        for form in forms:
            found.setdefault(form, set()).add(forms[0])
    return {form: frozenset(firsts) for form, firsts in found.items()}


@cache
def _glue() -> re.Pattern[str]:
    longest = sorted(load_toml(FILE)["glued"], key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(longest)})(?=[a-z]{{{LEAST_AFTER_GLUE},}})")


def plain(text: str) -> str:
    """Small plain letters and digits of any script, spaces kept: "Ĳsbrand Łuka" becomes "ijsbrand luka".

    Names written against each other ("terHorst", the Arabic article) come apart.
    """
    composed = _ARTICLE.sub("al ", unicodedata.normalize("NFKC", text))
    return _WRITTEN_TOGETHER.sub(" ", anyascii(composed)).lower()


def sound_of(letters: str) -> str:
    """How a part of a name sounds: consonants only, those that are often taken for each other made equal."""
    heard = letters
    for pattern, sound in _SOUNDS:
        heard = pattern.sub(sound, heard)
    first = "a" if heard[:1] in "aeiou" else ("j" if heard[:1] in "jy" else heard[:1])
    rest = re.sub(r"[aeiouyj]", "", heard[1:])
    return _DOUBLE.sub(r"\1", first + rest)


@lru_cache(maxsize=50_000)
def part_of(letters: str) -> Part:
    """All that is known of one part."""
    sound = sound_of(letters)
    rough = _DOUBLE.sub(r"\1", sound.translate(_COARSE)) or letters[:1]
    return Part(letters, _usual().get(letters, frozenset()), sound, rough)


def unglued(letters: str) -> str:
    """The name without a particle that was written against it: "vandenberg" becomes "berg"."""
    return _glue().sub("", letters)


def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of a name that tell somebody apart; particles and titles only when nothing else is there."""
    whole = _SERVANT.sub(r"\1el", plain(text.replace("'", "")))
    words = [_NO_LETTER.sub("", word) for word in _APART.split(whole)]
    words = [word for word in words if word]
    telling = [word for word in words if word not in _words("particles") and word not in _words("titles")]
    found: list[str] = []
    for word in telling or words:
        short = unglued(word)
        if short not in found:
            found.append(short)
    return tuple(part_of(each) for each in found[:MOST_PARTS])
