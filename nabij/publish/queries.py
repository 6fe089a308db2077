"""Reading releases back."""

from nabij.publish.folders import former_text, releases_folder
from nabij.publish.models import Release, SecondPlace


def newest_release() -> Release | None:
    """The release that was made last; None before the first."""
    return Release.objects.order_by("-number").first()


def released_text(path: str) -> str | None:
    """What readers get at this address now, from the current release; None when there is no such page."""
    return former_text(releases_folder(), path)


def place_of_second() -> SecondPlace | None:
    """How the second place stands; None before the first release was put there."""
    return SecondPlace.objects.first()
