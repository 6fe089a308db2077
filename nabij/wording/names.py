"""Words with a capital that may be somebody's name: all that is no known place or organisation."""

import re
from collections.abc import Collection, Iterator

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*|[^\s\w]|\d[\w.,:]*")
_MASK = " x "
_STARTS = frozenset('.!?:•-–—("“‘[|')
_PARTICLES = frozenset(
    {"van", "de", "der", "den", "het", "ten", "ter", "te", "el", "al", "la", "le", "von", "'t", "’t"}
)


def possible_names(
    text: str, allowed: Collection[str], endings: Collection[str], places: Collection[str] = ()
) -> list[str]:
    """Runs of words with a capital, in their order; known ones, buildings and beginnings are left out."""
    found: list[str] = []
    for line in text.splitlines():
        found += [run for run in _runs(_masked(line, allowed, places), tuple(endings)) if run not in found]
    return found


def _masked(line: str, allowed: Collection[str], places: Collection[str]) -> str:
    """The line without the names that may stand in it, the longest first; a building is one of them."""
    if places:
        kinds = "|".join(map(re.escape, places))
        line = re.sub(rf"(?<!\w)(?i:{kinds})\s+(?:De|Het|’t|'t)\s+[^\W\d_a-z][\w'’-]*", _MASK, line)
    for name in sorted(filter(None, allowed), key=len, reverse=True):
        line = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _MASK, line)
    return line


def _runs(line: str, endings: tuple[str, ...]) -> Iterator[str]:
    run: list[str] = []
    between: list[str] = []
    before, begins = "", False
    for word in [*_TOKEN.findall(line), "."]:
        if _is_name(word, endings):
            if not run:
                begins = not before or before in _STARTS
            run, between = [*run, *between, word], []
        elif run and word in _PARTICLES:
            between.append(word)
        elif run and word == "." and len(run[-1]) == 1:
            run[-1] += "."
        elif run:
            if len(run) > 1 or not begins:
                yield " ".join(run)
            run, between = [], []
        before = word


def _is_name(word: str, endings: tuple[str, ...]) -> bool:
    """Whether the word begins with a capital and is no abbreviation, no street and no number."""
    if not word[0].isupper() or word.lower().endswith(endings):
        return False
    first = word.split("-")[0]
    return len(first) == 1 or not first.isupper()
