"""What the public page "Dit kan elke gemeente verwachten" shows."""

from typing import Any

from nabij.contact.hours import hours_in_words
from nabij.contact.pages import LANGUAGES, address
from nabij.front.catalogue.catalogue import services_by_group


def expect_context(language: str) -> dict[str, Any]:
    """Every service of the catalogue, how to ask and who answers, in that language."""
    path = "/gemeenten/"
    return {
        "groups": services_by_group(language),
        "hours_in_words": hours_in_words(language),
        "is_dutch": language == "nl",
        "prefix": address("", language),
        "languages": [
            {"code": code, "label": label, "url": address(path, code), "is_current": code == language}
            for code, label in LANGUAGES.items()
        ],
    }
