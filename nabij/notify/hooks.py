"""What notify adds below it: verbs and the menu."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation, readiness
from nabij.notify.queries import failed_count

trail.register(
    {
        "message.failed": gettext_lazy("Bericht niet bezorgd"),
        "message.resent": gettext_lazy("Bericht opnieuw verstuurd"),
        "contact.added": gettext_lazy("Eigen nummer toegevoegd"),
        "contact.confirmed": gettext_lazy("Eigen nummer bevestigd"),
        "contact.changed": gettext_lazy("Wachttijd van eigen nummer gewijzigd"),
        "contact_rule.agreed": gettext_lazy("Contactregel afgesproken"),
        "contact.dropped": gettext_lazy("Eigen nummer weggehaald"),
    }
)
navigation.add(
    navigation.Entry(
        gettext_noop("Berichten"), "notify:failed", lambda actor: actor.may(Permission.SEE_MESSAGES), order=80
    )
)
readiness.measure("failed_deliveries", "deliveries that failed for good", failed_count)
