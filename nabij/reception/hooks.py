"""What the reception adds below it: verbs, and panels for the incident room and for who goes there."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.kit import panels
from nabij.reception.policies import shows_counts

trail.register(
    {
        "reception.opened": gettext_lazy("Opvangplek geopend"),
        "reception.closed": gettext_lazy("Opvangplek gesloten"),
        "reception.card": gettext_lazy("Iemand opgevangen, met toestemming op een kaart"),
        "reception.card_gone": gettext_lazy("Opvangkaart gewist op verzoek"),
        "reception.talk": gettext_lazy("Groepsgesprek gehouden"),
        "presence.agreed": gettext_lazy("Aanwezigheid afgesproken"),
    }
)
for verb in ("coming", "on_site", "done", "withdrawn"):
    trail.listen(f"deployment.{verb}", "nabij.reception.tasks.follow_deployment")
panels.add("incident", panels.Panel(gettext_noop("Opvang"), "reception:counts", shows_counts, order=20))
panels.add(
    "own_deployment",
    panels.Panel(gettext_noop("Opvang"), "reception:door", lambda actor, _: True, order=20),
)
