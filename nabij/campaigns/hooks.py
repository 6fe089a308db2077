"""What waves add below them: verbs, texts, the menu, and panels of the desk and of the event."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.campaigns.keeping import (
    about_reports,
    forget_marks,
    old_addresses,
    old_reports,
    remove_addresses,
)
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.privacy import removal

removal.collect(removal.Collection("wave_report", old_reports, about_reports, forget_marks))
removal.collect(removal.Collection("letter_address", old_addresses, about_reports, remove_addresses))

trail.register(
    {
        "wave.reported": gettext_lazy("Inbraak of oplichting gemeld"),
        "wave.opened": gettext_lazy("Golf herkend"),
        "wave.addresses": gettext_lazy("Adressen voor brieven toegevoegd"),
        "wave.addresses_taken": gettext_lazy("Adressen voor brieven opgehaald"),
        "wave.neighbours_told": gettext_lazy("Bericht voor de buurtapp geschreven"),
        "wave.contacted": gettext_lazy("Slachtofferhulp had contact"),
        "wave.victims_told": gettext_lazy("Slachtoffers verteld over een aanhouding"),
        "wave.closed": gettext_lazy("Golf voorbij"),
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
navigation.add(
    navigation.Entry(
        gettext_noop("Golven"),
        "campaigns:overview",
        lambda actor: bool(actor.may(Permission.RUN_AFTERCARE)),
        order=45,
    )
)
navigation.add(
    navigation.Entry(
        gettext_noop("Inbraak melden"),
        "campaigns:report",
        lambda actor: bool(actor.may(Permission.REFER_PEOPLE)),
        order=45,
    )
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Golven"),
        "campaigns:running",
        lambda actor, _: bool(actor.may(Permission.RUN_AFTERCARE)),
        order=45,
        is_quiet=True,
    ),
)
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Golf"),
        "campaigns:at_incident",
        lambda actor, incident: (
            bool(actor.may(Permission.RUN_AFTERCARE)) and incident.topic in ("EVT-05", "EVT-18", "EVT-04")
        ),
        order=45,
    ),
)
