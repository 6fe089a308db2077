"""What the council adds below it: verbs, a way in, panels, and how long its words can be read."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.councils.keeping import COMMENTS
from nabij.councils.policies import reads_comments, sits_on_councils
from nabij.kit import navigation, panels
from nabij.privacy import removal

trail.register(
    {
        "council.commented": gettext_lazy("Raad van getroffenen reageerde op een tekst van het IAC"),
        "council.settled": gettext_lazy("Redactie antwoordde de raad van getroffenen"),
    }
)
removal.collect(COMMENTS)
navigation.add(navigation.Entry(gettext_noop("Raad"), "councils:index", sits_on_councils, order=31))
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Meelezen als raad"), "councils:panel", lambda actor, _: sits_on_councils(actor)
    ),
)
panels.add(
    "centre",
    panels.Panel(
        gettext_noop("Raad van getroffenen"),
        "councils:at_centre",
        lambda actor, _: reads_comments(actor),
        order=60,
    ),
)
