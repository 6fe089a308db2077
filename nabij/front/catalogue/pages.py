"""The public page of the catalogue, made without a request so that it can stand in a release."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from nabij.contact.hours import hours_in_words
from nabij.front.catalogue.catalogue import groups
from nabij.kit.emergency import emergency_numbers

LANGUAGES = ("nl", "en")


def expect_context(language: str) -> dict[str, Any]:
    """What the page "Dit kan elke gemeente verwachten" shows: every service, how to ask and who answers."""
    return {
        "groups": groups(language),
        "hours_in_words": hours_in_words(language),
        "emergency_numbers": emergency_numbers(),
        "is_demo": settings.ENV.demo,
        "is_dutch": language == "nl",
    }


def expect_page(language: str) -> str:
    """The page "Dit kan elke gemeente verwachten" in that language; Dutch when there is none."""
    language = language if language in LANGUAGES else "nl"
    with translation.override(language):
        return render_to_string("front/expect.html", expect_context(language))
