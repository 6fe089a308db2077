"""What privacy adds below it: verbs, figures for who watches, and the removal of its own holds."""

from django.utils.translation import gettext_lazy

from nabij.audit import trail
from nabij.kit import clock, readiness
from nabij.privacy import removal
from nabij.privacy.queries import about_holds, ended_holds, failed_count, hours_since_run, unfinished_count

trail.register(
    {
        "hold.placed": gettext_lazy("Wisstop gezet"),
        "hold.prolonged": gettext_lazy("Wisstop verlengd"),
        "hold.lifted": gettext_lazy("Wisstop opgeheven"),
    }
)
readiness.measure("retention_failed", "rows that the last removal could not remove", failed_count)
readiness.measure("retention_unfinished", "kinds that the last removal did not finish", unfinished_count)
readiness.measure(
    "retention_hours", "hours since the removal last began", lambda: hours_since_run(clock.now())
)
removal.collect(removal.Collection("legal_hold", ended_holds, about_holds, removal.delete_sealed))
