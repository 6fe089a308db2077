"""What every page may show: emergency numbers, and whether this is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from nabij.kit.emergency import emergency_numbers


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; nothing of the visitor."""
    return {"emergency_numbers": emergency_numbers(), "is_demo": settings.ENV.demo}
