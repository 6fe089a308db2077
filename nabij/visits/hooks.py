"""What visits add below them: verbs, the figure by which a centre closes, and a panel on the desk."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.kit import panels
from nabij.openings import counters
from nabij.visits.policies import hears_hints
from nabij.visits.queries import visits_in_week

trail.register(
    {
        "centre.closing_hinted": gettext_lazy(
            "IAC wordt weinig gelezen: sluiten voorgelegd aan de hoofdredacteur"
        ),
        "centre.closing_set_aside": gettext_lazy("IAC weinig gelezen: voorlopig niet sluiten"),
    }
)
counters.register_visits(visits_in_week)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Kan dit IAC dicht?"),
        "visits:panel",
        lambda actor, _: hears_hints(actor),
        order=60,
        is_quiet=True,
    ),
)
