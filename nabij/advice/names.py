"""A hint that a text may name a person: it never refuses, because a computer cannot know."""

import re

from nabij.advice.content import name_words

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_GAP = re.compile(r"[ \t]+|\.[ \t]*")


def may_name_somebody(text: str) -> bool:
    """Whether a title stands before a word with a capital, or two words with capitals stand side by side."""
    titles, no_names = name_words()
    words = list(_WORD.finditer(text))
    for first, second in zip(words, words[1:], strict=False):
        if not _GAP.fullmatch(text, first.end(), second.start()) or not second.group()[0].isupper():
            continue
        before = first.group().lower()
        if before in titles:
            return True
        is_pair = first.group()[0].isupper() and "." not in text[first.end() : second.start()]
        if is_pair and not {before, second.group().lower()} & no_names and not _starts(text, first.start()):
            return True
    return False


def _starts(text: str, position: int) -> bool:
    """Whether a sentence begins here: that word has its capital for another reason."""
    before = text[:position].rstrip(" \t")
    return not before or before[-1] in ".!?:\n"
