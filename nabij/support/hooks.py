"""What support adds below it: verbs."""

from django.utils.translation import gettext_lazy

from nabij.audit import trail

trail.register(
    {
        "case.attempted": gettext_lazy("Geprobeerd iemand te bereiken"),
        "case.dialled": gettext_lazy("Nummer geopend om te bellen"),
        "case.contact": gettext_lazy("Contact gehad"),
        "case.closed": gettext_lazy("Dossier afgesloten"),
        "case.reopened": gettext_lazy("Dossier heropend"),
        "plan.added": gettext_lazy("Plan aangevuld"),
        "plan.changed": gettext_lazy("Plan veranderd"),
        "appointment.made": gettext_lazy("Afspraak gemaakt"),
        "appointment.approved": gettext_lazy("Bezoek goedgekeurd"),
        "appointment.cancelled": gettext_lazy("Afspraak afgezegd"),
    }
)
