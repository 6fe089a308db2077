"""What people add below them: verbs, the job of the login code, a panel in the incident room, messages."""

from pathlib import Path

from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.people.policies import can_list, shows_counts
from nabij.people.tasks import SEND_CODE

trail.register(
    {
        "registration.received": "Aanmeldingen ontvangen",
        "registration.held": "Aanmelding vastgehouden: gebeurtenis onbekend",
        "registration.placed": "Vastgehouden aanmelding geplaatst",
        "registration.changed": "Aanmelding veranderd door de persoon zelf",
        "registration.withdrawn": "Aanmelding ingetrokken",
        "login_code.asked": "Inlogcode gevraagd",
        "login_code.used": "Ingelogd met een code",
    }
)
trail.listen("login_code.asked", SEND_CODE)
templates.register(Path(__file__).parent / "data" / "messages.toml")
panels.add("incident", panels.Panel("Aangemeld", "people:counts", shows_counts, order=60))
navigation.add(navigation.Entry("Vastgehouden aanmeldingen", "people:held", can_list, order=70))
