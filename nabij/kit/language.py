"""How easy a Dutch text reads: Flesch-Douma, words per sentence, and the words that the house avoids."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nabij.kit.content import load_toml

WORDS_TO_AVOID = Path(__file__).parent / "data" / "words_to_avoid.toml"
EASY = 60  # Flesch-Douma of language level B1
LONG = 15  # words in a sentence, on average

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_CLOSED = re.compile(r"[.!?:][\"')\]]*$")
_WORD = re.compile(r"[^\W_]+(?:[-'’.@/][^\W_]+)*")
_SOUND = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|ie(?!ë)|oo|uu|oe|eu|ui|ei|ij|au|ou|ai|[aeiouyàáâäèéêëìíîïòóôöùúûü]"
)


def syllables(word: str) -> int:
    """The syllables of a Dutch word, counted by its vowel sounds; letters read aloud count one each."""
    if not any(letter.isalpha() for letter in word):
        return 1
    if len(word) > 1 and word.isupper():
        return sum(letter.isalpha() for letter in word)
    return len(_SOUND.findall(word.lower())) or 1


@dataclass(frozen=True)
class Reading:
    """What a text asks of its reader, counted."""

    sentences: int
    words: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        """How long the sentences are, on average."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def score(self) -> float:
        """Flesch-Douma: 206.84 - 0.93 × words a sentence - 77 × syllables a word; 60 and higher is B1."""
        if not self.words:
            return 100.0
        return 206.84 - 0.93 * self.words_per_sentence - 77 * self.syllables / self.words

    @property
    def is_easy(self) -> bool:
        """Whether the text is fit for everybody."""
        return self.score >= EASY and self.words_per_sentence <= LONG


def sentences(text: str) -> list[str]:
    """The sentences of a text; titles and labels, which nothing closes, are none."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if _CLOSED.search(part) and _WORD.search(part)]


def read(parts: Iterable[str]) -> Reading:
    """The counts of sentences together."""
    each = [_WORD.findall(part) for part in parts]
    words = [word for found in each for word in found]
    return Reading(len(each), len(words), sum(map(syllables, words)))


def words_to_avoid(text: str) -> list[str]:
    """The words in a Dutch text that hurt, accuse or label, with what to write instead."""
    content = load_toml(WORDS_TO_AVOID)
    for name in content["names"]:
        text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    return [
        f"“{hit.group()}”: {entry['instead']}"
        for entry in content["word"]
        if (hit := re.search(rf"\b(?:{entry['form']})\b", text, flags=re.IGNORECASE))
    ]
