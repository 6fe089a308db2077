"""What may not stand in a text for residents: what it is and why; and what the writer should look at again.

A house number, a name, a cause, guilt, a method, an unknown phone number: refused. A pair of capitals or a
word that may hurt: shown, and the writer decides.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from nabij.flyers.content import DATA, known_numbers
from nabij.flyers.filling import PLACEHOLDER
from nabij.kit.content import in_language, load_toml
from nabij.kit.language import words_to_avoid
from nabij.wording.checks import plain
from nabij.wording.lists import forms_of

_SEEN = "□"
_PAIR = re.compile(r"(?<=[^\W\d_] )[A-Z][\w'-]+ [A-Z][\w'-]+")


@dataclass(frozen=True)
class Finding:
    """Something that stands in a text, and why it may not or should not."""

    kind: str
    hit: str
    why: str

    def __str__(self) -> str:
        return f"“{self.hit}”: {self.why}"


def _content() -> dict[str, Any]:
    return load_toml(DATA / "forbidden.toml")


def refusals(text: str, words: frozenset[str]) -> list[Finding]:
    """What may not stand here; `words` are the placeholders that this template knows."""
    found = [
        Finding("placeholder", hit[0], _why("placeholder"))
        for hit in PLACEHOLDER.finditer(text)
        if hit[1] not in words
    ]
    return found + house_numbers(text) + _telling(text) + unknown_phones(text)


def house_numbers(text: str) -> list[Finding]:
    """House numbers: after a street, after "nummer", or after a word with a capital."""
    searched, why = plain(text), _why("house_number")
    hits = [hit for form in _forms("house_number") for hit in form.finditer(searched)]
    masked = _without_known(searched)
    hits = [hit for hit in hits if _without_known(hit[0]) == hit[0] or _is_street(hit[0])]
    hits += [hit for form in _forms("house_number", "exact_forms") for hit in form.finditer(masked)]
    return [Finding("house_number", hit[0].strip(), why) for hit in hits]


def _is_street(hit: str) -> bool:
    return _forms("house_number")[0].match(hit) is not None


def names(text: str) -> list[Finding]:
    """Names of people: after a form of address, after initials, or by a well-known first name."""
    searched, told = plain(text), _content()["kind"]["name"]
    first = re.compile(rf"\b(?:{'|'.join(told['first_names'])})\b")
    forms = (*_forms("name", "exact_forms"), first)
    return [Finding("name", hit[0], _why("name")) for form in forms for hit in form.finditer(searched)]


def _telling(text: str) -> list[Finding]:
    """Names, and words of cause, guilt and method."""
    found = names(text)
    for kind in ("cause", "guilt", "method"):
        searched = plain(text)
        for allowed in forms_of(_content()["kind"][kind], "allowed"):
            searched = re.sub(rf"\b{allowed}\b", _SEEN, searched, flags=re.IGNORECASE)
        hits = (form.search(searched) for form in _forms(kind))
        found += [Finding(kind, hit[0], _why(kind)) for hit in hits if hit]
    return found


def unknown_phones(text: str) -> list[Finding]:
    """Phone numbers that are not in the contents of the house."""
    form = re.compile(_content()["kind"]["phone"]["form"])
    return [Finding("phone", hit[0], _why("phone")) for hit in form.finditer(_without_known(plain(text)))]


def warnings(text: str, language: str) -> list[Finding]:
    """What the writer should look at once more; it stops nothing."""
    told = _content()["warning"]
    found = [
        Finding("pair", hit[0], in_language(told["pair"]))
        for hit in _PAIR.finditer(plain(text))
        if hit[0] not in told["pair"]["allowed"]
    ]
    if language == "nl":
        for each in words_to_avoid(text):
            hit, instead = each.split(": ", 1)
            found.append(
                Finding("words", hit.strip("“”"), in_language(told["words"]).replace("{instead}", instead))
            )
    return found


def _why(kind: str) -> str:
    return in_language(_content()["kind"][kind])


@cache
def _forms(kind: str, key: str = "forms") -> tuple[re.Pattern[str], ...]:
    """The patterns of a kind; whole words, without regard to capitals unless they are exact."""
    forms = forms_of(_content()["kind"][kind], key)
    if key == "exact_forms":
        return tuple(re.compile(form) for form in forms)
    return tuple(re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for form in forms)


@cache
def _known() -> re.Pattern[str]:
    """Every known number, however it is spaced."""
    spaced = (r"[\s-]?".join(number) for number in sorted(known_numbers(), key=len, reverse=True))
    return re.compile(rf"(?<!\d)(?:{'|'.join(spaced)})(?!\d)")


def _without_known(text: str) -> str:
    return _known().sub(_SEEN, text)
