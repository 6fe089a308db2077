"""What support adds below it: verbs, and the panels of a case."""

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.agendas import entries
from nabij.audit import trail
from nabij.cases import presence
from nabij.kit import panels
from nabij.support.models import Appointment, Contact
from nabij.support.queries.files import entries_between

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
        "interpreter.booked": gettext_lazy("Tolk geregeld"),
        "interpreter.cancelled": gettext_lazy("Tolk afgezegd"),
    }
)
entries.add(entries_between)
presence.ask("contacts", lambda: Contact.objects.filter(case=OuterRef("pk")))
presence.ask(
    "appointments", lambda: Appointment.objects.filter(case=OuterRef("pk"), cancelled_at__isnull=True)
)
for title, url_name, order in (
    (gettext_noop("Nu te doen"), "support:now", 10),
    (gettext_noop("Plan"), "support:plan", 20),
    (gettext_noop("Contact"), "support:contacts", 30),
    (gettext_noop("Afspraken"), "support:appointments", 40),
):
    panels.add("case", panels.Panel(title, url_name, lambda actor, case: True, order=order))
