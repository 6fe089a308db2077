"""What working groups add below them: verbs, and the way to them from the protocols of a municipality."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.kit import panels
from nabij.protocols.policies import can_write_for

trail.register(
    {
        "working_group.begun": gettext_lazy("Werkgroep begonnen"),
        "working_group.joined": gettext_lazy("Gemeente doet mee in een werkgroep"),
        "working_group.changed": gettext_lazy("Stap in een werkgroep gewijzigd"),
        "working_group.remarked": gettext_lazy("Opmerking in een werkgroep"),
        "working_group.decided": gettext_lazy("Besluit in een werkgroep"),
    }
)
panels.add_door("protocols", panels.Door(gettext_noop("Werkgroepen"), "working_groups:groups", can_write_for))
