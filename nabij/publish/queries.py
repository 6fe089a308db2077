"""Reading releases back."""

from nabij.publish.folders import former_text, releases_folder
from nabij.publish.models import Release


def newest_release() -> Release | None:
    """The release that was made last; None before the first."""
    return Release.objects.order_by("-number").first()


def released_text(path: str) -> str | None:
    """What readers get at this address now, from the current release; None when there is no such page."""
    return former_text(releases_folder(), path)
