"""What people add below them: verbs, the job of the login code, a panel in the incident room, messages."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.people.policies import can_list, shows_counts
from nabij.people.tasks import SEND_CODE

trail.register(
    {
        "registration.received": gettext_lazy("Aanmeldingen ontvangen"),
        "registration.held": gettext_lazy("Aanmelding vastgehouden: gebeurtenis onbekend"),
        "registration.suspected": gettext_lazy("Aanmelding apart gezet: lijkt van een programma"),
        "registration.believed": gettext_lazy("Apart gezette aanmelding telt mee: een mens stuurde haar"),
        "registration.placed": gettext_lazy("Vastgehouden aanmelding geplaatst"),
        "registration.changed": gettext_lazy("Aanmelding veranderd door de persoon zelf"),
        "registration.withdrawn": gettext_lazy("Aanmelding ingetrokken"),
        "login_code.asked": gettext_lazy("Inlogcode gevraagd"),
        "login_code.used": gettext_lazy("Ingelogd met een code"),
        "own_key.handed_over": gettext_lazy("Eigen sleutel gegeven"),
    }
)
trail.listen("login_code.asked", SEND_CODE)
templates.register(Path(__file__).parent / "data" / "messages.toml")
panels.add("incident", panels.Panel("Aangemeld", "people:counts", shows_counts, order=60))
panels.add(
    "desk",
    panels.Panel(gettext_noop("Aanmeldingen"), "people:work", lambda actor, _: can_list(actor), order=9),
)
navigation.add(navigation.Entry(gettext_noop("Vastgehouden aanmeldingen"), "people:held", can_list, order=70))
