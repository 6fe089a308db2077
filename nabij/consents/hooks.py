"""What consents add below them: verbs."""

from django.utils.translation import gettext_lazy

from nabij.audit import trail

trail.register(
    {
        "consent.answered": gettext_lazy("Toestemming om te delen gevraagd"),
        "consent.withdrawn": gettext_lazy("Toestemming om te delen ingetrokken"),
        "consent.expired": gettext_lazy("Toestemming om te delen verlopen"),
        "share.made": gettext_lazy("Gegevens gedeeld"),
        "share.ended": gettext_lazy("Delen gestopt"),
    }
)
