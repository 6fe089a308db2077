"""What exercises add below them: verbs, the menu, and the clock of an event that is practised."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.aftercare import clocks
from nabij.audit import trail
from nabij.drills.policies import sees_last_drills
from nabij.drills.queries import clock_of_incident
from nabij.kit import navigation, panels

trail.register(
    {
        "drill.begun": gettext_lazy("Oefening begonnen"),
        "drill.ended": gettext_lazy("Oefening klaar"),
        "drill.wiped": gettext_lazy("Oefening gewist"),
    }
)
trail.listen("drill.wiped", "nabij.publish.tasks.release_pages")
clocks.register(clock_of_incident)
panels.add(
    "readiness", panels.Panel(gettext_noop("Oefening van een centrum"), "drills:last", sees_last_drills)
)
navigation.add(
    navigation.Entry(
        gettext_noop("Oefenen"), "drills:overview", lambda actor: actor.may(Permission.RUN_DRILL), order=85
    )
)
