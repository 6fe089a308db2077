"""What protocols add below them: verbs, texts, the menu, and what waits for somebody's yes."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.protocols.policies import can_read, is_approver

trail.register(
    {
        "protocol.adopted": gettext_lazy("Voorbeeld van een protocol overgenomen"),
        "protocol.imported": gettext_lazy("Protocol uit een bestand gelezen"),
        "protocol.shared_adopted": gettext_lazy("Protocol van een werkgroep overgenomen"),
        "protocol.renewed": gettext_lazy("Nieuw concept van een protocol begonnen"),
        "protocol.dropped": gettext_lazy("Concept van een protocol vervallen"),
        "protocol.step_changed": gettext_lazy("Stap van een protocol gewijzigd"),
        "protocol.taken_over": gettext_lazy("Wijzigingen van het voorbeeld overgenomen"),
        "protocol.sent": gettext_lazy("Protocol verstuurd voor akkoord"),
        "protocol.withdrawn": gettext_lazy("Protocol teruggehaald"),
        "protocol.approved": gettext_lazy("Akkoord gegeven op een protocol"),
        "protocol.approved_in_writing": gettext_lazy("Schriftelijk akkoord op een protocol genoteerd"),
        "protocol.refused": gettext_lazy("Geen akkoord op een protocol"),
        "protocol.in_force": gettext_lazy("Protocol geldt"),
        "protocol.replaced": gettext_lazy("Protocol vervangen door een nieuwe versie"),
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
navigation.add(
    navigation.Entry(
        gettext_noop("Protocollen"), "protocols:protocols", lambda actor: can_read(actor), order=45
    )
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Protocollen: wacht op uw akkoord"),
        "protocols:waiting",
        lambda actor, _: is_approver(actor),
        order=24,
        is_quiet=True,
    ),
)
