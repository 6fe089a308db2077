"""What this app adds below it: what can be removed of people, verbs, panels and the menu."""

from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.cases import presence
from nabij.cases.presence import has
from nabij.kit import navigation, panels
from nabij.privacy import removal
from nabij.privacy.models import HoldOn, LegalHold
from nabij.retention.keeping import files, lines, scenes, work
from nabij.retention.policies import can_hold, oversees_removal

for each in (*files.COLLECTIONS, *work.COLLECTIONS, *scenes.COLLECTIONS, *lines.COLLECTIONS):
    removal.collect(each)
trail.register(
    {
        "case.removed": gettext_lazy("Dossier gewist na de bewaartermijn"),
        "log.shortened": gettext_lazy("Oude regels van het spoor of het inzagelog gewist"),
        "alert.hidden": gettext_lazy("Aandachtspunt verborgen na het afsluiten"),
    }
)
_ON_PERSON = Q(subject_kind=HoldOn.PERSON, subject_id=OuterRef("person_id"))
_ON_INCIDENT = Q(subject_kind=HoldOn.INCIDENT, subject_id=OuterRef("incident_id"))
presence.ask("holds", lambda: LegalHold.objects.filter(_ON_PERSON | _ON_INCIDENT, lifted_at=None))
panels.add(
    "case_aside",
    panels.Panel(
        gettext_noop("Bewaren voor een zaak of klacht"),
        "retention:panel",
        lambda actor, case: (
            actor.may(Permission.LEAD_CASES) and actor.team_id == case.team_id and has(case, "holds")
        ),
        order=80,
    ),
)
panels.add_door(
    "case",
    panels.Door(
        gettext_noop("Bewaren voor een zaak of klacht"),
        "retention:hold",
        lambda actor, case, at: not has(case, "holds") and can_hold(actor, case, at),
        order=70,
    ),
)
panels.add(
    "own_help",
    panels.Panel(gettext_noop("Langer bewaren"), "retention:door", lambda actor, _: True, order=95),
)
navigation.add(
    navigation.Entry(gettext_noop("Bewaren en wissen"), "retention:overview", oversees_removal, order=90)
)
