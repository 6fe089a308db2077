"""What changed between two versions of a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed (`same`), came (`new`) or went (`gone`)."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The stretches in the order in which they stand; what went stands before what came in its place."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    pieces = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [
            Piece(kind, "".join(part)) for kind, part in (("gone", old[a:b]), ("new", new[c:d])) if part
        ]
    return pieces


def merged(base: str, mine: str, theirs: str) -> str:
    """Two texts that began from the same one, brought together by lines, to be read again by who merges.

    What either took away goes; what either wrote comes, theirs first.
    """
    old, one, two = base.splitlines(), mine.splitlines(), theirs.splitlines()
    lines: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, two, one, autojunk=False).get_opcodes():
        both = [*two[a:b], *one[c:d]]
        lines += two[a:b] if what == "equal" else [line for line in both if line not in old]
    return "\n".join(lines)
