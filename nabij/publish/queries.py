"""Reading releases back."""

from nabij.publish.models import Release, SecondPlace


def newest_release() -> Release | None:
    """The release that was made last; None before the first."""
    return Release.objects.order_by("-number").first()


def place_of_second() -> SecondPlace | None:
    """How the second place stands; None before the first release was put there."""
    return SecondPlace.objects.first()
