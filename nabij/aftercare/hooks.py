"""What aftercare adds below it: verbs, texts, what follows an event, panels and the menu."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.aftercare.actions.proving import PROVES
from nabij.aftercare.keeping import about_runs, old_runs, silence_runs
from nabij.aftercare.policies import sees_panel
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.privacy import removal

trail.register(
    {
        "aftercare.started": gettext_lazy("Nazorg gestart"),
        "aftercare.changed": gettext_lazy("Nazorg gaat verder met een ander protocol"),
        "aftercare.done": gettext_lazy("Stap van de nazorg gedaan"),
        "aftercare.skipped": gettext_lazy("Stap van de nazorg overgeslagen"),
        "aftercare.reopened": gettext_lazy("Stap van de nazorg weer open"),
        "aftercare.handed": gettext_lazy("Stap van de nazorg overgedragen"),
        "aftercare.day_set": gettext_lazy("Moment van een stap van de nazorg bepaald"),
        "aftercare.told": gettext_lazy("Feit voor de nazorg verteld"),
        "aftercare.contact_named": gettext_lazy("Contactpersoon van een huishouden aangewezen"),
        "aftercare.closed": gettext_lazy("Nazorg afgesloten"),
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
for verb in ("reported", "facts_changed", "linked", "grip_set"):
    trail.listen(f"incident.{verb}", "nabij.aftercare.tasks.follow_incident")
for verb in PROVES:
    trail.listen(verb, "nabij.aftercare.tasks.follow_proof")
panels.add("incident", panels.Panel(gettext_noop("Nazorg"), "aftercare:at_incident", sees_panel, order=15))
panels.add(
    "desk",
    panels.Panel(gettext_noop("Nazorgstappen"), "aftercare:today", sees_panel, order=18, is_quiet=True),
)
panels.add(
    "protocol_version",
    panels.Panel(
        gettext_noop("Zo ging het tot nu toe"),
        "aftercare:followed",
        lambda actor, _: sees_panel(actor, None),
        is_quiet=True,
    ),
)
navigation.add(
    navigation.Entry(
        gettext_noop("Nazorg"), "aftercare:runs", lambda actor: sees_panel(actor, None), order=30
    )
)
removal.collect(removal.Collection("aftercare_run", old_runs, about_runs, silence_runs))
