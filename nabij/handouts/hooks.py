"""What handouts add below them: a verb, what follows letters, and their place on a step."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.handouts.queries import templates_of
from nabij.kit import panels

trail.register({"handout.printed": gettext_lazy("Drukwerk van een stap geprint")})
trail.listen("letters.made", "nabij.handouts.tasks.follow_letters")
panels.add(
    "step",
    panels.Panel(
        gettext_noop("Flyer of brief"),
        "handouts:at_step",
        lambda _, row: bool(templates_of(row)),
        is_quiet=True,
    ),
)
