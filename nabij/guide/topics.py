"""Topics: the kinds of shocking events of the brochure, and how people find them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Literal

from nabij.kit.content import ContentError, load_toml

OTHER = "EVT-33"
_FILE = Path(__file__).parent / "data" / "topics.toml"
_LONGEST_SEARCH = 200
_ALIKE = 0.8
_SHORTEST_WORD = 3
_SHORTEST_GUESS = 4

HighImpact = Literal["yes", "fits", "depends", "no_crime"]
DefaultUrgency = Literal["U1", "U2", "U3", "U4"]


@dataclass(frozen=True)
class Topic:
    """One kind of event: its stable code, its names, its place in the tree, and the words it is found by."""

    code: str
    key: str
    nl: str
    en: str
    parent: str
    group: str
    urgency: DefaultUrgency
    hic: HighImpact
    on_brochure_list: bool
    search_words: tuple[str, ...]
    context: str = ""
    severity: str = ""

    def label(self, language: str = "nl") -> str:
        """The name in that language; Dutch when there is none."""
        return self.en if language == "en" else self.nl

    @property
    def is_high_impact_crime(self) -> bool:
        """Whether it is a High Impact Crime by name or by the brochure's definition (L101-104)."""
        return self.hic in ("yes", "fits")


@cache
def topics() -> dict[str, Topic]:
    """All topics by code, in the order of the content file; raises ContentError when the tree is broken."""
    content = load_toml(_FILE)
    found: dict[str, Topic] = {}
    for entry in content["topic"]:
        topic = Topic(**{**entry, "search_words": tuple(entry["search_words"])})
        if topic.code in found:
            raise ContentError(f"{_FILE.name}: {topic.code} stands there twice")
        found[topic.code] = topic
    for topic in found.values():
        if topic.group not in content["group"]:
            raise ContentError(f"{_FILE.name}: {topic.code} has an unknown group")
        if topic.parent not in found and topic.code != OTHER:
            raise ContentError(f"{_FILE.name}: {topic.code} has an unknown parent")
    return found


def topic(code: str) -> Topic:
    """The topic with this code; raises KeyError when there is none."""
    return topics()[code]


def choices(language: str = "nl") -> list[tuple[str, list[tuple[str, str]]]]:
    """All topics as choices of a form, per group: the brochure's own list first, "other" at the very end."""
    groups = load_toml(_FILE)["group"]
    ordered = sorted(topics().values(), key=lambda each: not each.on_brochure_list)
    return [
        (names.get(language, names["nl"]), [(t.code, t.label(language)) for t in ordered if t.group == group])
        for group, names in groups.items()
    ]


def search_topics(text: str) -> list[Topic]:
    """The topics that fit the text, best first, forgiving accents and small typing errors.

    "Other" always stands last, so that nobody is stuck; an empty text gives all topics.
    """
    asked = _words(text[:_LONGEST_SEARCH])
    every = list(topics().values())
    if not asked:
        return every
    scores = {each.code: sum(_fit(word, _findable(each.code)) for word in asked) for each in every}
    fitting = [each for each in every if scores[each.code] > 0 and each.code != OTHER]
    return [*sorted(fitting, key=lambda each: -scores[each.code]), topics()[OTHER]]


def plain(text: str) -> str:
    """The text in small letters without accents, as it is compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def _words(text: str) -> list[str]:
    """The words that say something: "op", "de" and the like do not."""
    split = "".join(each if each.isalnum() else " " for each in plain(text)).split()
    return [word for word in split if len(word) >= _SHORTEST_WORD]


@cache
def _findable(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the names, and the further search words."""
    found = topics()[code]
    return frozenset(_words(f"{found.nl} {found.en}")), frozenset(_words(" ".join(found.search_words)))


def _fit(word: str, findable: tuple[frozenset[str], frozenset[str]]) -> float:
    """How well one typed word fits: the name counts more than the search words, whole more than part."""
    low, high = sorted((_best(word, findable[0]), 0.9 * _best(word, findable[1])))
    return high + 0.1 * low


def _best(word: str, candidates: Iterable[str]) -> float:
    return max((_likeness(word, candidate) for candidate in candidates), default=0.0)


def _likeness(word: str, candidate: str) -> float:
    if word == candidate:
        return 1.0
    if candidate.startswith(word):
        return 0.9
    if len(word) < _SHORTEST_GUESS or len(candidate) < _SHORTEST_GUESS:
        return 0.0
    if word in candidate or candidate in word:
        return 0.7
    ratio = SequenceMatcher(None, word, candidate).ratio()
    return 0.6 * ratio if ratio >= _ALIKE else 0.0
