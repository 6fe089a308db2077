"""What cases add below them: verbs, the menu, and panels of the desk."""

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.cases import presence
from nabij.cases.policies import can_break_glass, works_with_cases
from nabij.kit import navigation, panels
from nabij.vulnerability.models import Alert

trail.register(
    {
        "case.opened": gettext_lazy("Dossier geopend"),
        "case.assigned": gettext_lazy("Hulpverlener toegewezen"),
        "case.reach_changed": gettext_lazy("Telefoon, e-mail of adres veranderd"),
        "case.tie": gettext_lazy("Hulpverlener kent iemand in de zaak"),
        "case.unsealed": gettext_lazy("Met een reden geopend: adres of aantekeningen"),
        "case.reclassified": gettext_lazy("Soort of ernst van de gebeurtenis veranderd"),
        "case.case_manager_decided": gettext_lazy("Teamleider besloot over een casemanager"),
        "case.glass_broken": gettext_lazy("Noodtoegang genomen"),
        "case.glass_reviewed": gettext_lazy("Noodtoegang beoordeeld"),
    }
)
trail.listen("registration.changed", "nabij.cases.tasks.follow_registration")
trail.listen("incident.facts_changed", "nabij.cases.tasks.follow_facts")
presence.ask("alerts", lambda: Alert.objects.filter(person_id=OuterRef("person_id"), closed_at__isnull=True))
navigation.add(navigation.Entry(gettext_noop("Dossiers"), "cases:mine", works_with_cases, order=20))
navigation.add(navigation.Entry(gettext_noop("Noodtoegang"), "cases:emergency", can_break_glass, order=75))
for title, url_name, shown_to, order in (
    (gettext_noop("Mijn dossiers"), "cases:work", lambda actor, _: actor.may(Permission.HELP_PEOPLE), 5),
    (
        gettext_noop("Besluiten over dossiers"),
        "cases:decisions",
        lambda actor, _: actor.may(Permission.LEAD_CASES),
        6,
    ),
):
    panels.add("desk", panels.Panel(title, url_name, shown_to, order=order))
