"""What disclosures add below them: verbs, jobs, texts, panels, and how long exports stay."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.disclosures.content import DATA
from nabij.disclosures.keeping import COLLECTIONS
from nabij.disclosures.policies import leads_disclosures, may_receive
from nabij.kit import panels
from nabij.notify import templates
from nabij.privacy import removal

trail.register(
    {
        "disclosure.made": gettext_lazy("Verstrekking gemaakt"),
        "disclosure.collected": gettext_lazy("Verstrekking opgehaald"),
        "disclosure.named": gettext_lazy("Ontvanger van een verstrekking aangewezen"),
        "disclosure.name_ended": gettext_lazy("Ontvanger van een verstrekking niet meer aangewezen"),
        "disclosure.deletion_asked": gettext_lazy("Ontvanger gevraagd regels te wissen"),
        "disclosure.reminded": gettext_lazy("Ontvanger opnieuw gevraagd regels te wissen"),
        "disclosure.deleted": gettext_lazy("Ontvanger bevestigde dat regels gewist zijn"),
    }
)
CHANGING = (
    "registration.changed", "registration.withdrawn", "registration.received", "registration.placed",
    "double.merged", "double.undone", "contact_rule.agreed",
)  # fmt: skip
for each in CHANGING:
    trail.listen(each, "nabij.disclosures.tasks.follow_consent")
trail.listen("person.erased", "nabij.disclosures.tasks.follow_erasure")
templates.register(DATA / "templates.toml")
for collection in COLLECTIONS:
    removal.collect(collection)
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Verstrekkingen"),
        "disclosures:at_incident",
        lambda actor, _: leads_disclosures(actor),
        order=62,
    ),
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Verstrekkingen voor u"),
        "disclosures:waiting",
        lambda actor, _: may_receive(actor),
        order=30,
        is_quiet=True,
    ),
)
