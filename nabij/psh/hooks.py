"""What the PSH core team adds below it: verbs, texts, the clock of rehousing, panels."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.incidents import clocks
from nabij.kit import panels
from nabij.notify import templates
from nabij.psh.queries.core_team import clocks_of_shelter

trail.register(
    {
        "staff.asked": gettext_lazy("GGD vraagt medewerkers"),
        "staff.offered": gettext_lazy("Medewerkers aangeboden aan de GGD"),
        "staff.confirmed": gettext_lazy("Medewerker voor de GGD bevestigd"),
        "staff.dropped": gettext_lazy("Medewerker voor de GGD valt af"),
        "staff.declined": gettext_lazy("Medewerker voor de GGD kan niet"),
        "staff.withdrawn": gettext_lazy("Verzoek om medewerkers ingetrokken"),
        "psh.advised": gettext_lazy("Advies aan het kernteam PSH"),
        "psh.advice_decided": gettext_lazy("Kernteam PSH besloot over een advies"),
        "psh.planned": gettext_lazy("Nazorgplan PSH geschreven"),
        "psh.contact_appointed": gettext_lazy("Contactpersoon van een gezin aangewezen"),
        "psh.meeting_planned": gettext_lazy("Bijeenkomst gepland"),
        "shelter.counted": gettext_lazy("Noodopvang geteld"),
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
clocks.register(clocks_of_shelter)
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Medewerkers voor de GGD"),
        "psh:at_incident",
        lambda actor, _: bool(actor.may(Permission.ASK_STAFF) or actor.may(Permission.OFFER_STAFF)),
        order=30,
    ),
)
for title, url_name, permission, order in (
    (gettext_noop("Medewerkers voor de GGD"), "psh:requests", Permission.ASK_STAFF, 25),
    (gettext_noop("De GGD vraagt medewerkers"), "psh:requests", Permission.OFFER_STAFF, 25),
    (gettext_noop("Werken voor de GGD"), "psh:mine", Permission.BE_PAGED, 26),
):
    panels.add(
        "desk",
        panels.Panel(title, url_name, lambda actor, _, may=permission: bool(actor.may(may)), order=order),  # type: ignore[misc]
    )
