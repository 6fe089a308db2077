"""Reading releases back."""

from nabij.publish.models import Release


def newest_release() -> Release | None:
    """The release that was made last; None before the first."""
    return Release.objects.order_by("-number").first()
