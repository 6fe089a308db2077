"""What meetings add below them: verbs, texts, a proof, panels and the menu."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.aftercare import proofs
from nabij.audit import trail
from nabij.kit import navigation, panels
from nabij.meetings.actions.proving import KIND
from nabij.meetings.policies import works_with_meetings
from nabij.meetings.queries import is_counted
from nabij.notify import templates

trail.register(
    {
        "meeting.planned": gettext_lazy("Bijeenkomst gepland"),
        "meeting.cancelled": gettext_lazy("Bijeenkomst afgezegd"),
        "meeting.counted": gettext_lazy("Bijeenkomst gehouden en geteld"),
        "meeting.support_asked": gettext_lazy("Steun gevraagd bij een bijeenkomst"),
        "meeting.support_answered": gettext_lazy("Antwoord over steun bij een bijeenkomst"),
        "meeting.question": gettext_lazy("Vraag van een bijeenkomst opgeschreven"),
        "meeting.question_dropped": gettext_lazy("Vraag van een bijeenkomst weggehaald"),
        "meeting.answered": gettext_lazy("Vraag van een bijeenkomst beantwoord"),
        "meeting.published": gettext_lazy("Antwoorden van een bijeenkomst gepubliceerd"),
        "meeting.offered": gettext_lazy("Antwoorden van een bijeenkomst aangeboden aan het IAC"),
        "meeting.promised": gettext_lazy("Afspraak na een bijeenkomst"),
        "meeting.kept": gettext_lazy("Afspraak na een bijeenkomst gedaan"),
        "tally.counted": gettext_lazy("Geteld, zonder namen"),
    }
)
templates.register(Path(__file__).parent / "data" / "templates.toml")
proofs.offer(KIND, gettext_lazy("Bewonersbijeenkomst"), "meetings:of_incident")
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Bijeenkomsten"), "meetings:at_incident", lambda actor, _: works_with_meetings(actor), 35
    ),
)
panels.add(
    "incident",
    panels.Panel(
        gettext_noop("Tellingen"),
        "meetings:counted",
        lambda actor, incident: works_with_meetings(actor) and is_counted(incident),
        36,
    ),
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Bijeenkomsten"),
        "meetings:waiting",
        lambda actor, _: works_with_meetings(actor),
        28,
        is_quiet=True,
    ),
)
navigation.add(
    navigation.Entry(gettext_noop("Bijeenkomsten"), "meetings:overview", works_with_meetings, order=74)
)
