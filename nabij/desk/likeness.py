"""How much two questions look alike: the share of the same threes of letters, without accents and endings."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")


def _threes(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return {
        f" {word} "[place : place + 3]
        for word in _WORD.findall(plain)
        for place in range(len(word))
        if len(word) > 1
    }


def likeness(first: str, second: str) -> int:
    """From 0 to 100 (Dice)."""
    one, two = _threes(first), _threes(second)
    return round(200 * len(one & two) / (len(one) + len(two))) if one and two else 0
