"""What in a text makes it wait for a moderator: danger words, ways to reach somebody, names of the list."""

import re
from collections.abc import Collection, Mapping
from uuid import UUID

from nabij.contact import danger
from nabij.contact.danger import plain_words
from nabij.keys.blind import blind_index
from nabij.peers.models import HoldReason
from nabij.peers.models.holds import DANGER

_DIGITS = {
    "nul": "0", "een": "1", "twee": "2", "drie": "3", "vier": "4", "vijf": "5", "zes": "6", "zeven": "7",
    "acht": "8", "negen": "9",
}  # fmt: skip
_STREET = r"(straat|laan|weg|plein|gracht|kade|dreef|hof|singel|steeg|pad|dijk|markt|plantsoen)"
_PATTERNS = {
    HoldReason.EMAIL: re.compile(
        r"[^\s@]+\s?(@|\(at\)|\[at\]|apenstaartje)\s?[^\s@]+\s?(\.|punt)\s?\w{2,}", re.I
    ),
    HoldReason.LINK: re.compile(
        r"https?:|www\.|(?<!\w)@\w{3,}|\b[\w-]+\.(nl|com|be|org|net|info|eu|de|me|io|app|gg|tv)\b", re.I
    ),
    HoldReason.ADDRESS: re.compile(
        rf"\b[1-9]\d{{3}}\s?[A-Z]{{2}}\b|\b[1-9]\d{{3}}[a-z]{{2}}\b|(?i:\b\w*{_STREET}\s+\d+)"
    ),
    HoldReason.IBAN: re.compile(r"\b[A-Z]{2}\s?\d{2}(\s?[A-Z0-9]{4}){3,7}", re.I),
}
_NUMBER = re.compile(r"(?:\+|00)?\d(?:[\s().\-/]{0,3}\d){7,13}")
_PHONE_DIGITS = 9


def dangers_in(text: str) -> list[HoldReason]:
    """The kinds of danger of which a listed word stands in the text, as far as they count in a group."""
    return [HoldReason(kind) for kind in danger.dangers_in(text) if kind.value in DANGER]


def _is_bsn(digits: str) -> bool:
    """Whether nine digits pass the check of a citizen service number."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and int(digits) > 0


def contacts_in(text: str) -> list[HoldReason]:
    """The ways to reach or find somebody that stand in the text, numbers in words too."""
    found = [reason for reason, pattern in _PATTERNS.items() if pattern.search(text)]
    spelled = " ".join(_DIGITS.get(word, word) for word in plain_words(text))
    numbers = {re.sub(r"\D", "", each) for each in _NUMBER.findall(f"{text}\n{spelled}")}
    if any(len(each) == _PHONE_DIGITS and _is_bsn(each) for each in numbers):
        found.append(HoldReason.BSN)
    if any(len(each) >= _PHONE_DIGITS for each in numbers):
        found.append(HoldReason.PHONE)
    return found


def mark_of(space_id: UUID, words: Collection[str]) -> bytes:
    """The mark of a name in one space; of the mark nobody reads the name."""
    return blind_index(str(space_id), "peers name", " ".join(words))


def alias_mark(space_id: UUID, alias: str) -> bytes:
    """The mark by which an alias is found again in its space, however it is spelled."""
    return blind_index(str(space_id), "peers alias", "".join(plain_words(alias)))


def has_name(text: str, space_id: UUID, marks: Mapping[bytes, int]) -> bool:
    """Whether a name of this space's list stands in the text; marks with how many words each has."""
    words = plain_words(text)
    windows = {
        tuple(words[start : start + length])
        for length in set(marks.values())
        for start in range(len(words) - length + 1)
    }
    return any(mark_of(space_id, window) in marks for window in windows)
