"""What every page may show: emergency numbers, and whether this is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from nabij.kit.emergency import emergency_numbers
from nabij.kit.navigation import public_links

EXERCISE = "is_about_exercise"


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; nothing of the visitor, only whether the page is about an exercise."""
    language = (get_language() or "nl").split("-")[0]
    # a page and its panels are one request in one language: asked once
    known: dict[str, Any] = request.__dict__.setdefault("surroundings", {})
    if language not in known:
        known[language] = {
            "public_navigation": public_links("menu", language),
            "footer_links": public_links("footer", language),
            "emergency_numbers": emergency_numbers(),
            "is_demo": settings.ENV.demo,
        }
    found: dict[str, Any] = known[language]
    return found | {"is_exercise": request.__dict__.get(EXERCISE, False)}
