"""What signals add below them: verbs and the menu."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import navigation
from nabij.privacy import removal
from nabij.signals.keeping import about_signals, old_signals, silence_signals

trail.register(
    {
        "signal.sent": gettext_lazy("Signaal gestuurd"),
        "signal.decided": gettext_lazy("Keuze over een signaal"),
        "signal.contacted": gettext_lazy("Mensen bereikt na een signaal"),
    }
)
navigation.add(
    navigation.Entry(
        gettext_noop("Signalen"),
        "signals:signals",
        lambda actor: actor.may(Permission.SEND_SIGNAL) or actor.may(Permission.DECIDE_SIGNAL),
        order=72,
    )
)
removal.collect(removal.Collection("signal", old_signals, about_signals, silence_signals))
