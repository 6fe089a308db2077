"""The word check of a public text: names, victims, guesses, blame, method, addresses, hard Dutch."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from nabij.kit.content import in_language, load_toml
from nabij.kit.language import read, sentences, words_to_avoid
from nabij.wording.findings import Finding, Level
from nabij.wording.lists import FILE, forms_of
from nabij.wording.names import possible_names

FEW = 3  # sentences: fewer say too little about how a text reads
_WITHIN = re.compile(r"(?<=[.!?])\s+|\n+")


def check(text: str, language: str, known: Collection[str] = ()) -> list[Finding]:
    """What stands out in this text; `known` are places and organisations that belong to this event."""
    searched = plain(text)
    found = [*_blame(searched), *_hits("method", searched), *_victims(searched), *_hits("address", searched)]
    content = _kind("name")
    names = possible_names(searched, {*content["allowed"], *known}, content["endings"], content["places"])
    found += [_finding("name", name) for name in names]
    if language == "nl":
        found += [*_painful(searched), *_hard(searched)]
    return list({each.key: each for each in found}.values())


def untranslated(names: Iterable[str]) -> list[Finding]:
    """What to know about the languages, by name, in which a text is not there yet."""
    return [_finding("untranslated", name) for name in names]


def plain(text: str) -> str:
    """The text as it is searched: digits of every script as 0-9, and nothing that cannot be seen."""
    shown = (each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    return "".join(str(unicodedata.digit(each)) if each.isdigit() else each for each in shown)


def _blame(text: str) -> Iterator[Finding]:
    """Guesses and blame apart are asked about; both in one sentence is refused."""
    for sentence in _WITHIN.split(text):
        guesses, blames = list(_hits("guess", sentence)), list(_hits("blame", sentence))
        if guesses and blames:
            yield _finding("guess_about_blame", sentence.strip())
        else:
            yield from [*guesses, *blames]


def _victims(text: str) -> Iterator[Finding]:
    kind = _kind("victims")
    form = rf"(?<!\w){kind['number']}(?:\s+[^\W\d]+){{0,2}}\s+{kind['victims']}(?!\w)"
    for hit in re.finditer(form, text, re.IGNORECASE):
        yield _finding("victims", hit[0])


def _hits(kind: str, text: str) -> Iterator[Finding]:
    for allowed in _forms(kind, "allowed"):
        text = allowed.sub(" ", text)
    for form in _forms(kind, "forms"):
        for hit in form.finditer(text):
            yield _finding(kind, hit[0])


def _painful(text: str) -> Iterator[Finding]:
    for each in words_to_avoid(text):
        hit, instead = each.split(": ", 1)
        yield _finding("painful", hit.strip("“”"), instead=instead)


def _hard(text: str) -> Iterator[Finding]:
    closed = sentences(text)
    reading = read(closed)
    if len(closed) >= FEW and not reading.is_easy:
        score = f"{reading.score:.0f}"
        yield _finding("hard", f"{closed[0][:40]}…", score=score)


def _finding(kind: str, hit: str, **values: str) -> Finding:
    told = _kind(kind)
    why = in_language({key: told[key] for key in ("nl", "en")}).format(**values)
    return Finding(kind, hit, why, Level(told["level"]))


def _kind(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = load_toml(FILE)["kind"][kind]
    return found


@cache
def _forms(kind: str, key: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a kind: whole words, without regard to capitals."""
    forms = forms_of(_kind(kind), key)
    return tuple(re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for form in forms)
