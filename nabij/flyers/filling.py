"""Filling in: the words in braces become the date, the place and the numbers, in the language of the text."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.formats import date_format

from nabij.flyers.content import Words, field_facts, field_label, phones

PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MOMENT = {"nl": "l j E, H.i", "en": "l j E, H:i"}


def values_of(fields: Mapping[str, str], municipality: str, language: str) -> dict[str, str]:
    """What stands for each word in this language; days and moments are kept as ISO 8601."""
    facts = field_facts()
    with translation.override(language):
        told = {word: _in_words(facts[word]["kind"], text, language) for word, text in fields.items()}
    return {**phones(), **told, "municipality": municipality}


def examples_of(fields: tuple[str, ...]) -> dict[str, str]:
    """What a preview shows where something is still to be filled in: its name in brackets.

    The QR code already leads to the page that it has when nobody names another.
    """
    return {word: f"[{field_label(word)}]" for word in fields if field_facts()[word]["kind"] != "web"}


def filled(words: Words, values: Mapping[str, str]) -> Words:
    """The text with everything filled in; a word without a value stays visible."""
    return Words(_filled(words.title, values), _filled(words.body, values))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _in_words(kind: str, text: str, language: str) -> str:
    if not text or text.startswith("["):
        return text
    if kind == "day":
        return date_format(date.fromisoformat(text), "j E Y")
    if kind == "moment":
        moment = timezone.localtime(datetime.fromisoformat(text))
        return date_format(moment, _MOMENT.get(language, "l j E, H:i"))
    return text
