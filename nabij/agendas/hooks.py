"""What calendars add below them: verbs, and a panel beside one's own duties."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.kit import panels

trail.register(
    {
        "feed.made": gettext_lazy("Agendalink gemaakt"),
        "feed.revoked": gettext_lazy("Agendalink ingetrokken"),
    }
)
panels.add(
    "my_duties",
    panels.Panel(
        gettext_noop("Agenda op uw telefoon"), "agendas:link", lambda actor, _: actor.may(Permission.BE_PAGED)
    ),
)
