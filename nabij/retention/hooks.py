"""What this app adds below it: what can be removed of people, verbs, panels and the menu."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.privacy import removal
from nabij.retention.keeping import files, lines, scenes, work
from nabij.retention.policies import oversees_removal

for each in (*files.COLLECTIONS, *work.COLLECTIONS, *scenes.COLLECTIONS, *lines.COLLECTIONS):
    removal.collect(each)
trail.register(
    {
        "case.removed": gettext_lazy("Dossier gewist na de bewaartermijn"),
        "log.shortened": gettext_lazy("Oude regels van het spoor of het inzagelog gewist"),
        "alert.hidden": gettext_lazy("Aandachtspunt verborgen na het afsluiten"),
    }
)
panels.add(
    "case",
    panels.Panel(
        gettext_noop("Bewaren voor een zaak of klacht"),
        "retention:panel",
        lambda actor, case: actor.may(Permission.LEAD_CASES),
        order=80,
    ),
)
panels.add(
    "own_help",
    panels.Panel(gettext_noop("Langer bewaren"), "retention:door", lambda actor, _: True, order=95),
)
navigation.add(
    navigation.Entry(gettext_noop("Bewaren en wissen"), "retention:overview", oversees_removal, order=90)
)
