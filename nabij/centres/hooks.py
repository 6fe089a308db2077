"""What centres add to the house: verbs, public pages, a panel, a clock and an entry in the menu."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.accounts.roles import Permission
from nabij.audit import trail
from nabij.centres.clocks import clocks_of_centre
from nabij.centres.pages import public_pages
from nabij.centres.policies import sees_panel
from nabij.incidents import clocks
from nabij.kit import navigation, panels
from nabij.notify import templates
from nabij.publish import pages

trail.register(
    {
        "centre.commissioned": gettext_lazy("Opdracht voor een IAC gegeven"),
        "centre.commission_confirmed": gettext_lazy("Opdracht voor het IAC bevestigd"),
        "centre.built": gettext_lazy("IAC ingericht uit het sjabloon"),
        "centre.text_written": gettext_lazy("Tekst voor het IAC geschreven"),
        "centre.text_approved": gettext_lazy("Tekst van het IAC goedgekeurd"),
        "centre.text_public": gettext_lazy("Tekst van het IAC na het embargo openbaar"),
        "centre.language_added": gettext_lazy("Taal toegevoegd aan het IAC"),
        "centre.text_withdrawn": gettext_lazy("Tekst van het IAC ingetrokken"),
        "centre.next_message_set": gettext_lazy("Moment van het volgende bericht aangekondigd"),
        "centre.live": gettext_lazy("IAC live"),
        "centre.offline": gettext_lazy("IAC offline gehaald"),
        "centre.late_reason_given": gettext_lazy("Reden gegeven waarom het IAC later was"),
        "centre.archived": gettext_lazy("IAC gesloten; de pagina's blijven te lezen"),
        "centre.opened_again": gettext_lazy("IAC weer open"),
        "centre.published": gettext_lazy("Openbare pagina's van het IAC bijgewerkt"),
    }
)
for verb in ("centre.published", "centre.offline"):
    trail.listen(verb, "nabij.publish.tasks.release_pages")
templates.register(Path(__file__).parent / "data" / "messages.toml")
pages.register(public_pages, lambda pk: public_pages(pk=pk))
clocks.register(clocks_of_centre)
panels.add("incident", panels.Panel("IAC", "centres:panel", shown_to=sees_panel, order=40))
navigation.add(
    navigation.Entry(
        gettext_noop("IAC"),
        "centres:index",
        shown_to=lambda actor: (
            actor.may(Permission.PREVIEW_CENTRE) or actor.may(Permission.COMMISSION_CENTRE)
        ),
        order=30,
    )
)
