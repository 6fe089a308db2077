"""What publishing adds to the house: its verb for the trail, what fails, and how the second place stands."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import panels, readiness
from nabij.publish.queries import failed_count
from nabij.publish.second_place import second_folder, state_of_second_place

trail.register({"pages.released": gettext_lazy("Openbare pagina's vernieuwd")})
readiness.require("second_place", state_of_second_place)
readiness.measure("public_pages_failed", "public pages that could not be made anew", failed_count)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Openbare pagina's die niet lukken"),
        "publish:failing",
        lambda actor, _: actor.may(Permission.PUBLISH_CENTRE) and failed_count() > 0,
        order=6,
    ),
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Openbare pagina's op de tweede plek"),
        "publish:second_place",
        lambda actor, _: second_folder() is not None and actor.may(Permission.PUBLISH_CENTRE),
        order=80,
    ),
)
