"""What openings add below them: verbs, the job that makes a list, a clock, panels and the menu."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.desk.queries.calling import register_deciders
from nabij.incidents import clocks
from nabij.kit import navigation, panels
from nabij.openings import counters
from nabij.openings.clocks import clocks_of_opening
from nabij.openings.keeping import about_centres, old_decisions, silence_years
from nabij.openings.policies import can_prepare, works_on_openings
from nabij.openings.queries.boards import deciders
from nabij.openings.queries.counted import needs_done, open_urgent, questions_answered
from nabij.openings.tasks import START
from nabij.privacy import removal

trail.register(
    {
        "centre.phase_began": gettext_lazy("Nieuwe fase van het IAC"),
        "centre.item_done": gettext_lazy("Punt op de lijst van het IAC gedaan"),
        "centre.item_open_again": gettext_lazy("Punt op de lijst van het IAC weer open"),
        "centre.tested": gettext_lazy("Onderdeel van het IAC getest"),
        "centre.ready": gettext_lazy("IAC open en getest"),
        "centre.late_opening_explained": gettext_lazy("Reden gegeven waarom het IAC later open was"),
        "centre.seat_taken": gettext_lazy("Plaats in de redactie van het IAC bezet"),
        "centre.seat_left": gettext_lazy("Plaats in de redactie van het IAC weer leeg"),
        "centre.visits_counted": gettext_lazy("Bezoeken aan het IAC opgeschreven"),
        "centre.closing_proposed": gettext_lazy("Voorgesteld om het IAC te sluiten"),
        "centre.closing_dropped": gettext_lazy("Het IAC sluit nu niet"),
        "centre.closing_announced": gettext_lazy("Sluiting van het IAC aangekondigd"),
        "centre.lesson_written": gettext_lazy("Les uit het IAC opgeschreven"),
        "centre.lesson_taken_up": gettext_lazy("Les uit het IAC staat in het sjabloon"),
        "centre.prepared": gettext_lazy("Onderdeel voor een IAC staat klaar"),
    }
)
trail.listen("centre.commissioned", START)
counters.register(counters.Figure.OPEN_URGENT, open_urgent)
counters.register(counters.Figure.CONTACTS, needs_done)
counters.register(counters.Figure.QUESTIONS, questions_answered)
clocks.register(clocks_of_opening)
register_deciders(deciders)
removal.collect(removal.Collection("centre_years", old_decisions, about_centres, silence_years))
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("IAC in twee uur"), "openings:panel", lambda actor, _: works_on_openings(actor),
        order=41, is_quiet=True,
    ),
)  # fmt: skip
panels.add(
    "centre",
    panels.Panel(
        gettext_noop("IAC in twee uur"), "openings:at_centre", lambda actor, _: works_on_openings(actor),
        order=10,
    ),
)  # fmt: skip
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Uw punten voor het IAC"), "openings:mine", lambda actor, _: works_on_openings(actor),
        order=7, is_quiet=True,
    ),
)  # fmt: skip
navigation.add(
    navigation.Entry(gettext_noop("IAC klaar voor nood"), "openings:readiness", can_prepare, order=76)
)
