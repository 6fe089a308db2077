"""What cases add below them: verbs."""

from django.utils.translation import gettext_lazy

from nabij.audit import trail

trail.register(
    {
        "case.opened": gettext_lazy("Dossier geopend"),
        "case.assigned": gettext_lazy("Hulpverlener toegewezen"),
        "case.tie": gettext_lazy("Hulpverlener kent iemand in de zaak"),
        "case.unsealed": gettext_lazy("Met een reden geopend: adres of aantekeningen"),
        "case.reclassified": gettext_lazy("Soort of ernst van de gebeurtenis veranderd"),
        "case.case_manager_decided": gettext_lazy("Teamleider besloot over een casemanager"),
        "case.glass_broken": gettext_lazy("Noodtoegang genomen"),
        "case.glass_reviewed": gettext_lazy("Noodtoegang beoordeeld"),
        "referral.declined": gettext_lazy("Iemand wil geen hulp"),
    }
)
